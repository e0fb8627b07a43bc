package io.mediasaga.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
public final class Ports {

    private Ports() {}

    /**
     * The port itself, or a free one for 0.
     *
     * @param server who needs it, for the message
     * @throws PortInUseException when something listens on it
     */
    public static int claim(String server, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // a connection of an earlier run that is still in TIME_WAIT is no reason to refuse
            socket.setReuseAddress(port != 0);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            if (port == 0) {
                throw new UncheckedIOException("No free port for " + server, e);
            }
            throw new PortInUseException(server, port);
        }
    }
}

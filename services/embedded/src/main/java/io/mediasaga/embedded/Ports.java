package io.mediasaga.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on the loopback address. A server binds a port some time after it was claimed, so free ones are taken from below those that
 * systems give to whoever asks for any: nobody who connects to somewhere is given one of them meanwhile.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 9_500;
    /** None is given out again for long. Where it begins is chance, so that processes do not meet. */
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(COUNT));

    private Ports() {}

    /**
     * The port itself, or a free one for 0.
     *
     * @param server who needs it, for the message
     * @throws PortInUseException when something listens on it
     */
    public static int claim(String server, int port) {
        if (port != 0) {
            if (!isFree(port)) {
                throw new PortInUseException(server, port);
            }
            return port;
        }
        for (int i = 0; i < COUNT; i++) {
            int candidate = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new EmbeddedServerException("There is no free port for %s from %d to %d".formatted(server, FIRST, FIRST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // a connection of an earlier run that is still in TIME_WAIT is no reason to refuse
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

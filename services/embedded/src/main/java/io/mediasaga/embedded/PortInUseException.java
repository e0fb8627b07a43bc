package io.mediasaga.embedded;

/** A server cannot start because something else listens on its port. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String server;
    private final int port;

    PortInUseException(String server, int port) {
        super("Port %d for %s is in use: stop what listens there, or choose another %s port (0 takes a free one)"
                .formatted(port, server, server));
        this.server = server;
        this.port = port;
    }

    /** The server that needs the port, as in {@code PostgreSQL}. */
    public String server() {
        return server;
    }

    /** The port that is in use. */
    public int port() {
        return port;
    }
}

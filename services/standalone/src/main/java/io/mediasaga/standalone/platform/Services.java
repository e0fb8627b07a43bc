package io.mediasaga.standalone.platform;

/** The running services of a platform. */
public interface Services extends AutoCloseable {

    /** The port on which all of them are reached. */
    int port();

    /** Stops them in good order. */
    @Override
    void close();
}

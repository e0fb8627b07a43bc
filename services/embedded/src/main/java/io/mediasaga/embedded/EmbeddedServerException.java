package io.mediasaga.embedded;

/** A server could not be started, stopped or set up; the message says which one, why, and where its log is. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message) {
        super(message);
    }

    EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.mediasaga.standalone.bench.ended;

/** The tables cannot be filled; the message says why and what to do. */
public final class EndedSagasException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndedSagasException(String message) {
        super(message);
    }

    EndedSagasException(String message, Throwable cause) {
        super(message, cause);
    }
}

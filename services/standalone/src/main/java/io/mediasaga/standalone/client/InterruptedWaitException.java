package io.mediasaga.standalone.client;

/** The user ended the program while it waited. */
public final class InterruptedWaitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedWaitException(InterruptedException cause) {
        super("Interrupted", cause);
    }
}

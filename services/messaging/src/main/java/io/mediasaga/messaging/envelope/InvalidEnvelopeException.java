package io.mediasaga.messaging.envelope;

/** A record that is no envelope; the message says what is wrong with it and what would be right. */
public final class InvalidEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and what would be right */
    public InvalidEnvelopeException(String message) {
        super(message);
    }
}

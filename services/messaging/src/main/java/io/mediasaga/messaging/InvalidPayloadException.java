package io.mediasaga.messaging;

/** A message that can never be handled, whatever is done. It goes to dead letters at once. */
public class InvalidPayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message which field is wrong, how, and what would be right */
    public InvalidPayloadException(String message) {
        super(message);
    }

    /** @param message which field is wrong, how, and what would be right */
    public InvalidPayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}

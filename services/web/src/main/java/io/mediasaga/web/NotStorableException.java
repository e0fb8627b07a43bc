package io.mediasaga.web;

/** A value that nobody could store; the message goes behind the name of what was sent. */
final class NotStorableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NotStorableException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}

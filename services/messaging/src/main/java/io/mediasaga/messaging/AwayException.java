package io.mediasaga.messaging;

/**
 * What a {@link LongCommandHandler} needs beside its database does not answer: a media store, another service. That says nothing about
 * the command, so it is no attempt: the work is tried again every few seconds until it succeeds, or its saga has no more time for it.
 */
public class AwayException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what does not answer, and what to do; for the log */
    public AwayException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.mediasaga.processing.ffmpeg;

/** The work was told to stop before it was done; its child processes are gone. */
public final class StoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was going on. */
    public StoppedException(String message) {
        super(message);
    }
}

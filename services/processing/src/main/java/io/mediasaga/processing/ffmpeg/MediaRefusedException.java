package io.mediasaga.processing.ffmpeg;

/** The file cannot be turned into what was asked for, and trying again would not change that. */
public final class MediaRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, for programs. */
    public enum Code {
        /** There is nothing in the file. */
        EMPTY_FILE,
        /** It is no video and no sound. */
        NOT_MEDIA,
        /** It should be media, but cannot be read. */
        CORRUPT_MEDIA,
        /** Its picture, length or number of streams is beyond the limits. */
        MEDIA_TOO_LARGE,
        /** Converting it took more time or room than the limits allow. */
        PROCESSING_LIMIT
    }

    private final Code code;

    /** @param reason for people, a whole sentence */
    public MediaRefusedException(Code code, String reason) {
        super(reason);
        this.code = code;
    }

    /** Why, for programs. */
    public Code code() {
        return code;
    }
}

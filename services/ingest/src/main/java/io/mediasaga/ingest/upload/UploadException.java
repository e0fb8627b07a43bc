package io.mediasaga.ingest.upload;

import org.jspecify.annotations.Nullable;

/** A request about an upload cannot be carried out. The upload is as it was, or as far as {@link #offset} says. */
public class UploadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** The bytes do not follow on those that are there. */
        WRONG_OFFSET,
        /** More bytes than declared. */
        TOO_LARGE,
        /** Not the bytes that the client meant. */
        CHECKSUM_MISMATCH,
        /** Somebody else is writing. */
        LOCKED,
        /** The upload has ended. */
        GONE,
        /** The upload is complete. */
        COMPLETE,
        /** The client stopped sending in the middle. */
        CUT_OFF
    }

    private final Kind kind;
    private final @Nullable Long offset;

    UploadException(Kind kind, @Nullable Long offset, String message) {
        super(message);
        this.kind = kind;
        this.offset = offset;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** How many bytes are durable, where that is known. */
    public @Nullable Long offset() {
        return offset;
    }
}

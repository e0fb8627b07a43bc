package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.upload.UploadException.Kind;

/** Why a request about an upload is refused, in words. */
final class Refusals {

    private Refusals() {}

    /** Checks that the chunk can be appended to the upload. */
    static void check(Upload upload, Chunk chunk) {
        open(upload);
        if (chunk.offset() != upload.offset()) {
            throw new UploadException(
                    Kind.WRONG_OFFSET,
                    upload.offset(),
                    "The bytes begin at offset %d, but %d bytes are there: go on from that offset"
                            .formatted(chunk.offset(), upload.offset()));
        }
        if (chunk.length() > upload.size() - chunk.offset()) {
            throw tooLarge(upload);
        }
    }

    /** Checks that the upload still takes bytes. */
    static void open(Upload upload) {
        switch (upload.status()) {
            case OPEN -> {
                if (upload.expired()) {
                    throw gone(upload, "The upload has expired: start the publication anew");
                }
            }
            case UPLOADED ->
                throw new UploadException(Kind.COMPLETE, upload.size(), "The upload is complete and cannot be changed any more");
            case FAILED -> {
                Upload.Failure failure = upload.failure();
                throw gone(upload, "The upload has ended. " + (failure == null ? "" : failure.reason()));
            }
            case CLEANED -> throw gone(upload, "The upload has ended with its saga");
        }
    }

    static UploadException tooLarge(Upload upload) {
        return new UploadException(
                Kind.TOO_LARGE,
                null,
                "These are more bytes than the %d that were declared for the file".formatted(upload.size()));
    }

    static UploadException locked() {
        return new UploadException(
                Kind.LOCKED, null, "Another request is uploading this file: wait until it has ended, then ask for the offset");
    }

    static UploadException mismatch(Upload upload) {
        return new UploadException(
                Kind.CHECKSUM_MISMATCH,
                upload.offset(),
                "The bytes that arrived are not those that were sent: their checksum is another. They were dropped; send them again");
    }

    static UploadException cutOff(long offset) {
        return new UploadException(
                Kind.CUT_OFF, offset, "The upload was cut off; %d bytes are kept: go on from that offset".formatted(offset));
    }

    private static UploadException gone(Upload upload, String message) {
        return new UploadException(Kind.GONE, upload.offset(), message);
    }
}

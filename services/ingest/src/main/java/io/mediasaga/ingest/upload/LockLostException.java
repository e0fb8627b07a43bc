package io.mediasaga.ingest.upload;

/** The writer is not the upload's writer any more. What it has not kept is void. */
class LockLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockLostException(String uploadId) {
        super("Upload " + uploadId + " has been taken over or has ended");
    }
}

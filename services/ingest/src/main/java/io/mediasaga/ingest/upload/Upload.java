package io.mediasaga.ingest.upload;

import io.mediasaga.storage.AppendState;
import io.mediasaga.storage.MediaKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the database has it.
 *
 * @param id a UUID
 * @param assetId what the file is for
 * @param sagaId which saga waits for it
 * @param ownerId whose it is
 * @param fileName for people; never part of a path
 * @param contentType as declared
 * @param size declared, in bytes
 * @param declaredSha256 lower-case hex, when the start of the saga gave it
 * @param requestId the request that began the saga
 * @param traceparent where in a trace it was prepared
 * @param status how far it is
 * @param received what is durable
 * @param epoch of the current writer
 * @param failure why it failed; {@code null} unless it did
 * @param expiresAt when it ends if it is not complete
 * @param readAt the database's time when this was read
 */
public record Upload(
        String id,
        String assetId,
        String sagaId,
        String ownerId,
        String fileName,
        String contentType,
        long size,
        @Nullable String declaredSha256,
        @Nullable String requestId,
        @Nullable String traceparent,
        Status status,
        AppendState received,
        long epoch,
        @Nullable Failure failure,
        Instant expiresAt,
        Instant readAt) {

    private static final MediaKey ROOT = MediaKey.of("uploads");

    /** How far an upload is. */
    public enum Status {
        /** Waits for bytes. */
        OPEN,
        /** Complete, and its saga is told. */
        UPLOADED,
        /** Will not be completed, and its saga is told. */
        FAILED,
        /** Its saga has no more use for it. */
        CLEANED
    }

    /**
     * Why an upload failed.
     *
     * @param code for programs
     * @param reason for people, a whole sentence
     */
    public record Failure(String code, String reason) {}

    /** How many bytes are durable. */
    public long offset() {
        return received.size();
    }

    /** Whether its time is over. */
    public boolean expired() {
        return !readAt.isBefore(expiresAt);
    }

    /** Whether all bytes are there, but that has not been told yet. */
    public boolean unfinished() {
        return status == Status.OPEN && offset() == size;
    }

    /** The same, read so much later. */
    Upload readLater(Duration by) {
        return new Upload(
                id, assetId, sagaId, ownerId, fileName, contentType, size, declaredSha256, requestId, traceparent, status, received, epoch,
                failure, expiresAt, readAt.plus(by));
    }

    /** Where all files of uploads are. */
    public static MediaKey root() {
        return ROOT;
    }

    /** Where all files of the upload are, but for a small one that came whole; see {@link UploadFiles}. */
    public static MediaKey folder(String id) {
        return ROOT.child(id);
    }

    /** The object that is appended to. */
    MediaKey source() {
        return folder(id).resolve("source");
    }
}

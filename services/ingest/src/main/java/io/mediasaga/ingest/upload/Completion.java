package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.upload.UploadException.Kind;
import io.mediasaga.storage.AppendState;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.ObjectNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns all the bytes of an upload into its file and tells the saga. Each part may be repeated, so whoever comes next can finish what
 * was interrupted: the object is made once, and the event goes with the change of the row.
 */
@Component
class Completion {

    private static final Logger log = LoggerFactory.getLogger(Completion.class);
    private static final int BUFFER = 256 << 10;
    private static final Duration RENEW_EVERY = Duration.ofSeconds(2);

    private final MediaStore store;
    private final Digests digests;
    private final Endings endings;
    private final IngestMetrics metrics;

    Completion(MediaStore store, Digests digests, Endings endings, IngestMetrics metrics) {
        this.store = store;
        this.digests = digests;
        this.endings = endings;
        this.metrics = metrics;
    }

    /** @throws UploadException when the file is not the one that was declared; the upload has failed then */
    void complete(UploadLock lock, AppendState state) throws IOException {
        Upload upload = lock.upload();
        MediaKey key = upload.source();
        finish(upload, key, state);
        MessageDigest known = digests.take(upload.id(), state);
        String sha256 = HexFormat.of().formatHex(known != null ? known.digest() : digest(lock, key));
        requireDeclared(upload, sha256);
        if (!endings.uploaded(upload.id(), lock.token(), key, sha256)) {
            throw new LockLostException(upload.id());
        }
        lock.ended();
        metrics.completed();
        log.info("Upload {} of asset {} is complete: {} bytes", upload.id(), upload.assetId(), upload.size());
    }

    private void finish(Upload upload, MediaKey key, AppendState state) throws IOException {
        try {
            store.finish(key, state);
        } catch (ObjectNotFoundException e) {
            // Nobody can bring these bytes back: better an end than an upload that is tried for ever.
            log.error("The bytes of upload {} are gone from the store", upload.id(), e);
            Upload.Failure lost = new Upload.Failure("UPLOAD_LOST", "The uploaded bytes are gone from the media store.");
            endings.failed(upload.id(), lost);
            metrics.rejected();
            throw new UploadException(Kind.GONE, null, lost.reason() + " Start the publication anew");
        }
    }

    /** Fails the upload when its content is not what the start of the saga declared. */
    void requireDeclared(Upload upload, String sha256) {
        String declared = upload.declaredSha256();
        if (declared == null || declared.equals(sha256)) {
            return;
        }
        String reason = "The uploaded file is not the one that was declared: its SHA-256 is %s and not %s."
                .formatted(sha256, declared);
        endings.failed(upload.id(), new Upload.Failure("CHECKSUM_MISMATCH", reason));
        metrics.rejected();
        throw new UploadException(Kind.CHECKSUM_MISMATCH, null, reason + " Start the publication anew with the right file");
    }

    /** Reads the file; only where its bytes came by way of several processes. */
    private byte[] digest(UploadLock lock, MediaKey key) throws IOException {
        MessageDigest digest = Checksum.digest(Checksum.SHA_256);
        long renewedAt = System.nanoTime();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = store.open(key)) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                if (System.nanoTime() - renewedAt > RENEW_EVERY.toNanos()) {
                    lock.renew();
                    renewedAt = System.nanoTime();
                }
            }
        }
        return digest.digest();
    }
}

package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.AppendSession;
import io.mediasaga.storage.AppendState;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** One request that appends to an upload, under its lock. For one thread, once. */
final class Reception {

    private static final int BUFFER = 128 << 10;

    private final MediaStore store;
    private final Digests digests;
    private final IngestMetrics metrics;
    private final UploadLock lock;
    private final Chunk chunk;
    private final ClientBody body;
    private final long syncEvery;
    private final long syncWithinNanos;
    private final Upload upload;
    private @Nullable MessageDigest whole;
    private final @Nullable MessageDigest part;
    private AppendState state;
    private long written;
    private long keptAt = System.nanoTime();

    Reception(
            MediaStore store,
            Digests digests,
            IngestMetrics metrics,
            IngestProperties properties,
            UploadLock lock,
            Chunk chunk,
            ClientBody body) {
        this.store = store;
        this.digests = digests;
        this.metrics = metrics;
        this.syncEvery = properties.syncEvery().toBytes();
        this.syncWithinNanos = properties.syncWithin().toNanos();
        this.lock = lock;
        this.chunk = chunk;
        this.body = body;
        this.upload = lock.upload();
        this.state = upload.received();
        this.whole = digests.take(upload.id(), state);
        Checksum checksum = chunk.checksum();
        this.part = checksum == null ? null : Checksum.digest(checksum.algorithm());
    }

    /** What is durable and noted. */
    AppendState state() {
        return state;
    }

    /** Returns the upload's offset after the chunk. */
    long run() throws IOException {
        try (AppendSession session = store.append(upload.source(), state, upload.epoch())) {
            try {
                copy(session);
            } catch (ClientBody.CutOffException e) {
                if (part == null) {
                    keep(session);
                }
                remember();
                throw Refusals.cutOff(state.size());
            }
            if (part != null && chunk.checksum() != null && !chunk.checksum().matches(part.digest())) {
                throw Refusals.mismatch(upload);
            }
            keep(session);
        }
        remember();
        return state.size();
    }

    private void copy(AppendSession session) throws IOException, ClientBody.CutOffException {
        byte[] buffer = new byte[BUFFER];
        long left = upload.size() - upload.offset();
        long room = chunk.length() < 0 ? left : Math.min(left, chunk.length());
        for (int count; (count = body.read(buffer, 0, buffer.length)) >= 0; ) {
            if (written + count > room) {
                throw Refusals.tooLarge(upload);
            }
            session.write(buffer, 0, count);
            written += count;
            if (whole != null) {
                whole.update(buffer, 0, count);
            }
            if (part != null) {
                part.update(buffer, 0, count);
            }
            keepNowAndThen(session);
        }
    }

    private void keepNowAndThen(AppendSession session) throws IOException {
        long pending = upload.offset() + written - state.size();
        boolean late = System.nanoTime() - keptAt > syncWithinNanos;
        if (part != null && late) {
            // These bytes count together or not at all, but the lease has to go on.
            lock.renew();
            keptAt = System.nanoTime();
        } else if (part == null && (late || pending >= syncEvery)) {
            keep(session);
        }
    }

    private void keep(AppendSession session) throws IOException {
        if (upload.offset() + written > state.size()) {
            AppendState durable = session.sync();
            lock.keep(durable);
            metrics.kept(durable.size() - state.size());
            state = durable;
        }
        keptAt = System.nanoTime();
    }

    /** The digest is worth keeping only when it is of exactly what counts. */
    private void remember() {
        if (whole != null && upload.offset() + written == state.size()) {
            digests.put(upload.id(), state, whole);
            whole = null;
        }
    }
}

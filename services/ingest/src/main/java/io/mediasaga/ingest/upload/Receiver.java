package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StorageFullException;
import io.mediasaga.tracing.TraceSpan;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes the bytes of uploads. What it acknowledges is durable in the store first and then noted in the database; what was durable but
 * not noted is dropped by the next writer. The last byte completes the upload.
 */
@Component
public class Receiver {

    private final Locks locks;
    private final Uploads uploads;
    private final MediaStore store;
    private final Digests digests;
    private final AtOnce atOnce;
    private final Completion completion;
    private final IngestMetrics metrics;
    private final IngestProperties properties;
    private final UploadTraces traces;

    Receiver(
            Locks locks,
            Uploads uploads,
            MediaStore store,
            Digests digests,
            AtOnce atOnce,
            Completion completion,
            IngestMetrics metrics,
            IngestProperties properties,
            UploadTraces traces) {
        this.locks = locks;
        this.uploads = uploads;
        this.store = store;
        this.digests = digests;
        this.atOnce = atOnce;
        this.completion = completion;
        this.metrics = metrics;
        this.properties = properties;
        this.traces = traces;
    }

    /**
     * Appends the chunk.
     *
     * @param upload as it was read for this request
     * @return how many bytes of the upload are durable now; all of them: the upload is complete
     * @throws UploadException when the chunk is refused, or was cut off
     * @throws StorageFullException when there is no room
     * @throws StoreFailedException when the store fails otherwise
     */
    public long receive(Upload upload, Chunk chunk) throws StorageFullException {
        TraceSpan span = traces.receive(upload, chunk);
        try (var _ = span.makeCurrent()) {
            return StoreFailedException.guard(() -> append(upload, chunk));
        } catch (StorageFullException | RuntimeException e) {
            span.failed(e.getMessage());
            throw e;
        } finally {
            span.end();
        }
    }

    private long append(Upload upload, Chunk chunk) throws IOException {
        Refusals.check(upload, chunk);
        if (atOnce.takes(upload, chunk)) {
            return atOnce.receive(upload, chunk);
        }
        try (UploadLock lock = lock(upload.id())) {
            Refusals.check(lock.upload(), chunk);
            Reception reception =
                    new Reception(store, digests, metrics, properties, lock, chunk, new ClientBody(chunk));
            long offset = reception.run();
            if (offset == upload.size()) {
                completion.complete(lock, reception.state());
            }
            return offset;
        } catch (LockLostException e) {
            throw refused(upload.id());
        }
    }

    /**
     * Completes an upload whose bytes are all there, where that was interrupted; returns it as it is then.
     *
     * @throws StorageFullException when there is no room
     * @throws StoreFailedException when the store fails otherwise
     */
    public Upload heal(Upload upload) throws StorageFullException {
        return upload.unfinished() ? StoreFailedException.guard(() -> finish(upload)) : upload;
    }

    private Upload finish(Upload upload) throws IOException {
        Optional<UploadLock> taken = locks.take(upload.id());
        if (taken.isPresent()) {
            try (UploadLock lock = taken.get()) {
                if (lock.upload().unfinished()) {
                    completion.complete(lock, lock.upload().received());
                }
            } catch (LockLostException | UploadException e) {
                // Another has done it, or it failed; the row tells.
            }
        }
        return uploads.find(upload.id()).orElse(upload);
    }

    private UploadLock lock(String id) {
        return locks.take(id).orElseThrow(() -> refused(id));
    }

    /** Why the upload cannot be written to: it has ended, or somebody else has it. */
    private UploadException refused(String id) {
        uploads.find(id).ifPresent(Refusals::open);
        return Refusals.locked();
    }
}

package io.mediasaga.ingest.upload;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers for some seconds the uploads that this process has prepared: most files come right after that, and whoever asks for
 * the token or sends a small file then costs no statement. What is told here may be old: it serves where the statement that ends
 * the upload looks again. Thread-safe.
 */
@Component
public class RecentUploads {

    private static final int MOST = 5_000;
    private static final Duration AGE = Duration.ofSeconds(20);

    /** By age; the ids of those that are still of use are in the other map too. */
    private final Map<String, Entry> byAsset = new LinkedHashMap<>();

    private final Map<String, String> assets = new LinkedHashMap<>();

    private record Entry(Upload upload, long nanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    /** Remembers the uploads once the current transaction has committed. */
    public void preparedInThisTransaction(List<Upload> uploads) {
        long now = System.nanoTime();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                remember(uploads, now);
            }
        });
    }

    private synchronized void remember(List<Upload> uploads, long now) {
        for (Upload each : uploads) {
            forget(each.id());
            byAsset.put(each.assetId(), new Entry(each, now));
            assets.put(each.id(), each.assetId());
        }
        var oldest = byAsset.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (byAsset.size() <= MOST && entry.age().compareTo(AGE) < 0) {
                break;
            }
            oldest.remove();
            assets.remove(entry.upload().id());
        }
    }

    /** The asset's upload as it was prepared. */
    public synchronized Optional<Upload> findByAsset(String assetId) {
        return fresh(byAsset.get(assetId));
    }

    /** The upload as it was prepared; it is forgotten, since it is about to change. */
    public synchronized Optional<Upload> take(String id) {
        Optional<Upload> found = Optional.ofNullable(assets.get(id)).flatMap(asset -> fresh(byAsset.get(asset)));
        forget(id);
        return found;
    }

    /** Forgets the upload: it is about to change, or has changed. */
    public synchronized void forget(String id) {
        String asset = assets.remove(id);
        if (asset != null) {
            byAsset.remove(asset);
        }
    }

    private static Optional<Upload> fresh(@Nullable Entry entry) {
        return entry == null || entry.age().compareTo(AGE) >= 0
                ? Optional.empty()
                : Optional.of(entry.upload().readLater(entry.age()));
    }
}

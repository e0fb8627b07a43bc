package io.mediasaga.ingest.upload;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final Duration AGE = Duration.ofSeconds(5);

    /** The oldest first. */
    private final Map<String, Entry> byAsset = new LinkedHashMap<>();

    private final Map<String, String> assetOf = new HashMap<>();

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
            Entry before = byAsset.remove(each.assetId());
            if (before != null) {
                assetOf.remove(before.upload().id());
            }
            byAsset.put(each.assetId(), new Entry(each, now));
            assetOf.put(each.id(), each.assetId());
        }
        var oldest = byAsset.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (byAsset.size() <= MOST && entry.age().compareTo(AGE) < 0) {
                break;
            }
            oldest.remove();
            assetOf.remove(entry.upload().id());
        }
    }

    /** The upload as it was prepared. */
    public synchronized Optional<Upload> find(String id) {
        return Optional.ofNullable(assetOf.get(id)).flatMap(this::findByAsset);
    }

    /** The asset's upload as it was prepared. */
    public synchronized Optional<Upload> findByAsset(String assetId) {
        return Optional.ofNullable(byAsset.get(assetId))
                .filter(entry -> entry.age().compareTo(AGE) < 0)
                .map(entry -> entry.upload().readLater(entry.age()));
    }

    /** The upload as it was prepared; it is forgotten, since it is about to change. */
    public synchronized Optional<Upload> take(String id) {
        Optional<Upload> found = find(id);
        forget(id);
        return found;
    }

    /** Forgets the upload: it is about to change, or has changed. */
    public synchronized void forget(String id) {
        String asset = assetOf.remove(id);
        if (asset != null) {
            byAsset.remove(asset);
        }
    }
}

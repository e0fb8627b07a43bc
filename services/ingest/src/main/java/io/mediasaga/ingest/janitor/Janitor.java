package io.mediasaga.ingest.janitor;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.ingest.upload.Endings;
import io.mediasaga.ingest.upload.Maintenance;
import io.mediasaga.ingest.upload.Receiver;
import io.mediasaga.ingest.upload.StoreFailedException;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.UploadFiles;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finishes uploads that were interrupted at their end, ends those that are over their time, tells failures again, deletes files that
 * are due, and looks for files that belong to nothing. All replicas have one; the database shares the work out.
 */
@Component
class Janitor {

    private static final Logger log = LoggerFactory.getLogger(Janitor.class);
    private static final int PORTION = 200;
    private static final int MOST_PORTIONS = 50;
    private static final String STORE = "reach the store";
    private static final Duration STORE_AWAY = Duration.ofSeconds(5);
    /** In a store that answers over a network. A file system takes names out of a folder one by one, and who waits for it spins. */
    private static final int DELETE_AT_ONCE = 8;

    private final Receiver receiver;
    private final Endings endings;
    private final Maintenance maintenance;
    private final Uploads uploads;
    private final MediaStore store;
    private final Orphans orphans;
    private final IngestProperties properties;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    Janitor(
            Receiver receiver,
            Endings endings,
            Maintenance maintenance,
            Uploads uploads,
            MediaStore store,
            Orphans orphans,
            IngestProperties properties) {
        this.receiver = receiver;
        this.endings = endings;
        this.maintenance = maintenance;
        this.uploads = uploads;
        this.store = store;
        this.orphans = orphans;
        this.properties = properties;
    }

    /** Does once all that is due. What fails is due again later and does not keep the rest. */
    void tidy() {
        quietly("finish uploads", this::finish);
        quietly("expire uploads", () -> portions(() -> endings.expire(PORTION)));
        quietly("tell failures", () -> portions(() -> endings.remind(PORTION)));
        quietly("delete files", () -> portions(this::deleteFiles));
        quietly("forget uploads", () -> portions(() -> maintenance.purge(properties.keepCleaned(), PORTION)));
        quietly("look for orphans", this::orphans);
    }

    private void finish() throws IOException {
        IOException failure = null;
        for (Upload each : maintenance.unfinished(PORTION)) {
            try {
                receiver.heal(each);
            } catch (IOException | StoreFailedException e) {
                failure = new IOException("upload " + each.id() + ": " + e.getMessage(), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private int deleteFiles() {
        List<String> due = maintenance.filesDue(PORTION);
        Set<String> away = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                store.copiesByName() ? 1 : DELETE_AT_ONCE, Thread.ofVirtual().name("delete-", 0).factory())) {
            List<String> gone = due.stream()
                    .map(id -> threads.submit(() -> deleted(id, away) ? id : ""))
                    .toList()
                    .stream()
                    .map(Futures::of)
                    .filter(id -> !id.isEmpty())
                    .toList();
            if (!gone.isEmpty()) {
                uploads.filesGone(gone);
            }
        }
        if (!away.isEmpty()) {
            maintenance.filesDueAgain(away, STORE_AWAY);
            return 0;
        }
        failing.remove(STORE);
        return due.size();
    }

    /** False when they are not; then also {@code away} has the upload, when the store is. */
    private boolean deleted(String id, Set<String> away) {
        try {
            if (away.isEmpty()) {
                UploadFiles.delete(store, id);
                return true;
            }
            away.add(id);
            return false;
        } catch (StoreUnavailableException e) {
            away.add(id);
            if (failing.add(STORE)) {
                log.warn("The files of ended uploads are deleted later: {}", e.getMessage());
            }
            return false;
        } catch (IOException | RuntimeException e) {
            log.warn("The files of upload {} are deleted later: {}", id, e.getMessage());
            return false;
        }
    }

    private void orphans() throws IOException {
        if (maintenance.begin("orphans", properties.orphanScan())) {
            orphans.delete(properties.keepCleaned());
        }
    }

    private static void portions(Portion portion) {
        for (int i = 0; i < MOST_PORTIONS && portion.done() == PORTION; i++) {
            // The next portion.
        }
    }

    private void quietly(String what, Task task) {
        try {
            task.run();
            failing.remove(what);
        } catch (IOException | RuntimeException e) {
            // Once, and not every second while the database or the store is away.
            if (failing.add(what)) {
                log.warn("Cannot {} now; it is tried again in each round: {}", what, e.getMessage());
            }
            log.debug("Cannot {}", what, e);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private interface Portion {
        int done();
    }
}

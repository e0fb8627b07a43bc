package io.mediasaga.publish;

import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes files that are not (any more) published, outside of any transaction. Runs in every replica. */
@Component
class Janitor {

    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration STORE_AWAY = Duration.ofSeconds(5);

    private final Publications publications;
    private final MediaStore store;

    Janitor(Publications publications, MediaStore store) {
        this.publications = publications;
        this.store = store;
    }

    /** Deletes what is due. */
    @Scheduled(
            fixedDelayString = "${mediasaga.publish.cleanup:2s}",
            initialDelayString = "${mediasaga.publish.cleanup:2s}")
    void deleteLeftovers() {
        try {
            List<String> sagas = publications.claimLeftovers(BATCH, LEASE);
            while (!sagas.isEmpty()) {
                sagas = !delete(sagas) || sagas.size() < BATCH ? List.of() : publications.claimLeftovers(BATCH, LEASE);
            }
        } catch (DataAccessException e) {
            LOG.warn("Leftover files cannot be deleted now, the database does not answer: {}", e.getMessage());
        }
    }

    /** False when the store is away. */
    private boolean delete(List<String> sagas) {
        boolean there = true;
        List<String> deleted = new ArrayList<>();
        for (String saga : sagas) {
            try {
                MediaKey published = publications.published(saga);
                for (MediaKey folder : Addresses.folders(saga)) {
                    deleteAllBut(published, folder);
                }
                deleted.add(saga);
            } catch (StoreUnavailableException e) {
                // So it is for the others; and there may be many.
                LOG.warn("Leftover files cannot be deleted now: {}", e.getMessage());
                publications.deleteLater(sagas.subList(sagas.indexOf(saga), sagas.size()), STORE_AWAY);
                there = false;
                break;
            } catch (IOException e) {
                LOG.warn("Leftover files of saga {} cannot be deleted now", saga, e);
            }
        }
        if (!deleted.isEmpty()) {
            publications.nothingLeft(deleted);
        }
        return there;
    }

    private void deleteAllBut(@Nullable MediaKey published, MediaKey folder) throws IOException {
        if (published == null || !published.equals(folder) && !published.isBelow(folder)) {
            store.deleteAll(folder);
            return;
        }
        // What is published lies in the folder, or in that of one run: the other runs' go, with what was never finished.
        List<MediaKey> runs = new ArrayList<>();
        store.forEachFolder(folder, runs::add);
        store.forEachUnfinished(folder, each -> runs.add(each.key().childIn(folder)));
        for (MediaKey run : new TreeSet<>(runs)) {
            if (!published.equals(folder) && !run.equals(published)) {
                store.deleteAll(run);
            }
        }
    }
}

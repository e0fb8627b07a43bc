package io.mediasaga.publish;

import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                delete(sagas);
                sagas = sagas.size() < BATCH ? List.of() : publications.claimLeftovers(BATCH, LEASE);
            }
        } catch (DataAccessException e) {
            LOG.warn("Leftover files cannot be deleted now, the database does not answer: {}", e.getMessage());
        }
    }

    private void delete(List<String> sagas) {
        List<String> deleted = new ArrayList<>();
        for (String saga : sagas) {
            try {
                MediaKey published = publications.published(saga);
                for (MediaKey folder : Addresses.folders(saga)) {
                    deleteAllBut(published, folder);
                }
                deleted.add(saga);
            } catch (IOException e) {
                LOG.warn("Leftover files of saga {} cannot be deleted now", saga, e);
            }
        }
        if (!deleted.isEmpty()) {
            publications.nothingLeft(deleted);
        }
    }

    private void deleteAllBut(@Nullable MediaKey published, MediaKey folder) throws IOException {
        if (published == null) {
            store.deleteAll(folder);
            return;
        }
        for (StoredObject object : store.list(folder)) {
            if (!object.key().isBelow(published)) {
                store.delete(object.key());
            }
        }
    }
}

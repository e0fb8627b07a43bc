package io.mediasaga.processing;

import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes temporary files, outside of any transaction. Runs in every replica; a saga's files are one replica's at a time. */
@Component
class Janitor {

    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration STORE_AWAY = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final MediaStore store;
    private final WorkFolders folders;
    private final ProcessingProperties.Cleanup settings;

    Janitor(Jobs jobs, MediaStore store, WorkFolders folders, ProcessingProperties properties) {
        this.jobs = jobs;
        this.store = store;
        this.folders = folders;
        this.settings = properties.cleanup();
    }

    /** Deletes the files of sagas that have ended. */
    @Scheduled(
            fixedDelayString = "${mediasaga.processing.cleanup.interval:2s}",
            initialDelayString = "${mediasaga.processing.cleanup.interval:2s}")
    void deleteTemporaryFiles() {
        try {
            List<String> sagas = jobs.claimCleanups(BATCH, LEASE);
            while (!sagas.isEmpty()) {
                sagas = !delete(sagas) || sagas.size() < BATCH ? List.of() : jobs.claimCleanups(BATCH, LEASE);
            }
        } catch (DataAccessException e) {
            LOG.warn("Temporary files cannot be deleted now, the database does not answer: {}", e.getMessage());
        }
    }

    /** Deletes what processes that died left behind, and forgets old work. */
    @Scheduled(fixedDelay = 300_000, initialDelay = 1_000)
    void tidyUp() {
        try {
            folders.deleteAbandoned();
            jobs.forget(settings.keepProgress());
        } catch (IOException | DataAccessException e) {
            LOG.warn("What is left of old work cannot be deleted now: {}", e.getMessage());
        }
    }

    /** False when the store is away. */
    private boolean delete(List<String> sagas) {
        boolean there = true;
        List<String> deleted = new ArrayList<>();
        for (String saga : sagas) {
            try {
                store.deleteAll(MediaJob.folderOf(saga));
                deleted.add(saga);
            } catch (StoreUnavailableException e) {
                // So it is for the others; and there may be many.
                LOG.warn("Temporary files cannot be deleted now: {}", e.getMessage());
                jobs.cleanLater(sagas.subList(sagas.indexOf(saga), sagas.size()), STORE_AWAY);
                there = false;
                break;
            } catch (IOException e) {
                LOG.warn("The temporary files of saga {} cannot be deleted now", saga, e);
            }
        }
        if (!deleted.isEmpty()) {
            jobs.cleaned(deleted, settings.again());
        }
        return there;
    }
}

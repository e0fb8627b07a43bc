package io.mediasaga.ingest.janitor;

import io.mediasaga.ingest.upload.Maintenance;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.UploadFiles;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Folders of uploads, unfinished objects in them, and small files, that the database does not know (any more). A row is there before the first file, so none is taken too early;
 * the age spares what another platform writes that was pointed at the same store by mistake.
 */
@Component
class Orphans {

    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final int PORTION = 500;

    private final Maintenance maintenance;
    private final MediaStore store;
    private final Clock clock;

    Orphans(Maintenance maintenance, MediaStore store, Clock clock) {
        this.maintenance = maintenance;
        this.store = store;
        this.clock = clock;
    }

    /** Deletes those with nothing younger in them, and files that are not younger; returns how many there were. */
    int delete(Duration olderThan) throws IOException {
        Instant young = clock.instant().minus(olderThan);
        List<MediaKey> folders = new ArrayList<>();
        store.forEachFolder(Upload.root(), folders::add);
        int deleted = delete(folders, folder -> store.list(folder).stream().noneMatch(each -> each.modifiedAt().isAfter(young)));
        deleted += delete(unfinished(young), folder -> true);
        if (deleted > 0) {
            log.info("Deleted {} folders that belonged to no upload", deleted);
        }
        int files = store.creates() ? deleteSmall(young) : 0;
        if (files > 0) {
            log.info("Deleted {} small files that belonged to no upload", files);
        }
        return deleted + files;
    }

    private int deleteSmall(Instant young) throws IOException {
        Map<String, MediaKey> old = new HashMap<>();
        store.forEachDirectlyIn(Upload.root(), each -> {
            String upload = UploadFiles.uploadOf(each.key());
            if (upload != null && !each.modifiedAt().isAfter(young)) {
                old.put(upload, each.key());
            }
        });
        List<String> ids = List.copyOf(old.keySet());
        int deleted = 0;
        for (int from = 0; from < ids.size(); from += PORTION) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + PORTION));
            Set<String> wanted = maintenance.wanted(some);
            for (String id : some) {
                if (!wanted.contains(id)) {
                    store.delete(Objects.requireNonNull(old.get(id)));
                    deleted++;
                }
            }
        }
        return deleted;
    }

    /** Folders with what was begun long ago and is no object yet; in some stores that is no part of a folder. */
    private List<MediaKey> unfinished(Instant young) throws IOException {
        Set<MediaKey> old = new TreeSet<>();
        store.forEachUnfinished(Upload.root(), each -> {
            MediaKey folder = each.key().childIn(Upload.root());
            if (!folder.equals(each.key()) && !each.begunAt().isAfter(young)) {
                old.add(folder);
            }
        });
        return List.copyOf(old);
    }

    private int delete(List<MediaKey> folders, Age age) throws IOException {
        int deleted = 0;
        for (int from = 0; from < folders.size(); from += PORTION) {
            List<MediaKey> some = folders.subList(from, Math.min(folders.size(), from + PORTION));
            Set<String> wanted = maintenance.wanted(some.stream().map(MediaKey::name).toList());
            for (MediaKey folder : some) {
                if (!wanted.contains(folder.name()) && age.isEnough(folder)) {
                    store.deleteAll(folder);
                    deleted++;
                }
            }
        }
        return deleted;
    }

    /** Asked of the store, and only for what the database does not know. */
    @FunctionalInterface
    private interface Age {
        boolean isEnough(MediaKey folder) throws IOException;
    }
}

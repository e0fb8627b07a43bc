package io.mediasaga.ingest.janitor;

import io.mediasaga.ingest.upload.Maintenance;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Folders of uploads, and unfinished objects in them, that the database does not know (any more). A row is there before the first file, so none is taken too early;
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

    /** Deletes those with nothing younger in them; returns how many there were. */
    int delete(Duration olderThan) throws IOException {
        Instant young = clock.instant().minus(olderThan);
        List<MediaKey> folders = new ArrayList<>();
        store.forEachFolder(Upload.root(), folders::add);
        int deleted = 0;
        for (int from = 0; from < folders.size(); from += PORTION) {
            List<MediaKey> some = folders.subList(from, Math.min(folders.size(), from + PORTION));
            Set<String> wanted = maintenance.wanted(some.stream().map(MediaKey::name).toList());
            for (MediaKey folder : some) {
                if (!wanted.contains(folder.name())
                        && store.list(folder).stream().noneMatch(each -> each.modifiedAt().isAfter(young))) {
                    store.deleteAll(folder);
                    deleted++;
                }
            }
        }
        deleted += unfinished(young);
        if (deleted > 0) {
            log.info("Deleted {} folders that belonged to no upload", deleted);
        }
        return deleted;
    }

    /** In some stores what was begun and is no object yet is no part of a folder. */
    private int unfinished(Instant young) throws IOException {
        Set<String> old = new TreeSet<>();
        int root = Upload.root().value().length() + 1;
        store.forEachUnfinished(Upload.root(), each -> {
            int slash = each.key().value().indexOf('/', root);
            if (slash > 0 && !each.begunAt().isAfter(young)) {
                old.add(each.key().value().substring(root, slash));
            }
        });
        int deleted = 0;
        List<String> names = List.copyOf(old);
        for (int from = 0; from < names.size(); from += PORTION) {
            List<String> some = names.subList(from, Math.min(names.size(), from + PORTION));
            Set<String> wanted = maintenance.wanted(some);
            for (String name : some) {
                if (!wanted.contains(name)) {
                    store.deleteAll(Upload.root().resolve(name));
                    deleted++;
                }
            }
        }
        return deleted;
    }
}

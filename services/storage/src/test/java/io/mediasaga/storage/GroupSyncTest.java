package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupSyncTest {

    @TempDir
    Path folder;

    @Test
    void everybodyIsServed() throws Exception {
        GroupSync sync = new GroupSync(folder);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Path>> writers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Path file = folder.resolve("f" + i);
                writers.add(() -> {
                    Files.createFile(file);
                    sync.sync();
                    return file;
                });
            }
            for (Future<Path> written : threads.invokeAll(writers)) {
                assertThat(written.get()).exists();
            }
        }
    }

    @Test
    void whoeverFailsServesNobody() throws IOException {
        Path gone = folder.resolve("gone");
        GroupSync sync = new GroupSync(gone);

        assertThatThrownBy(sync::sync).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(sync::sync).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(gone);
        sync.sync();
    }

    @Test
    void manyWritersOfOneFolderAllFindTheirObjects() throws Exception {
        MediaStore store = MediaStores.inFolder(folder);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<StoredObject>> writers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                MediaKey key = MediaKey.of("uploads/u" + i + "/source");
                writers.add(() -> store.write(key, new ByteArrayInputStream(new byte[100])));
            }
            for (Future<StoredObject> written : threads.invokeAll(writers)) {
                assertThat(store.find(written.get().key())).contains(written.get());
            }
        }
    }
}

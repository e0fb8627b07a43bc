package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStoreTest extends AppendContract {

    @TempDir
    Path folder;

    private MediaStore store;

    @BeforeEach
    void open() throws IOException {
        store = MediaStores.inFolder(folder.resolve("made/when/absent"));
    }

    @Override
    MediaStore store() {
        return store;
    }

    @Test
    void leavesNoWorkingFiles() throws IOException {
        byte[] bytes = bytes(100);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 50);
        state = append(state, 2, bytes, 50, 100);
        store.finish(KEY, state);
        store.write(MediaKey.of("uploads/u1/other"), new ByteArrayInputStream(bytes));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("source", "other");
        }
    }

    @Test
    void copiesByGivingASecondName() throws IOException {
        store.write(KEY, new ByteArrayInputStream(bytes(100)));
        store.copy(KEY, MediaKey.of("public/copy"));

        Path root = folder.resolve("made/when/absent");
        assertThat(store.copiesByName()).isTrue();
        assertThat(Files.getAttribute(root.resolve("public/copy"), "unix:ino"))
                .isEqualTo(Files.getAttribute(root.resolve(KEY.value()), "unix:ino"));
    }

    /** As when a command comes again after its first transaction was rolled back. */
    @Test
    void aSecondNameThatIsGivenAgainLeavesNothingBeside() throws IOException {
        store.write(KEY, new ByteArrayInputStream(bytes(100)));
        store.copy(KEY, MediaKey.of("public/copy"));
        store.copy(KEY, MediaKey.of("public/copy"));

        try (Stream<Path> files = Files.list(folder.resolve("made/when/absent/public"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("copy");
        }
        assertThat(store.exists(KEY)).isTrue();
    }

    @Test
    void saysThatItIsFullBeforeItIs() {
        assertThatThrownBy(() -> new FileSystemStore(folder, Long.MAX_VALUE / 2)
                        .write(KEY, new ByteArrayInputStream(bytes(1))))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("mediasaga.storage.min-free");
        assertThatThrownBy(() -> new FileSystemStore(folder, Long.MAX_VALUE / 2).append(KEY, AppendState.EMPTY, 1))
                .isInstanceOf(StorageFullException.class);
    }

    @Test
    void recognizesAFullDisk() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        try (AppendSession session = new FileAppendSession(
                full, FileSegments.parse(AppendState.EMPTY), 1, new Room(folder, 0), new Durable(folder))) {
            assertThatThrownBy(() -> session.write(bytes(10), 0, 10))
                    .isInstanceOf(StorageFullException.class)
                    .hasMessageContaining("disk is full");
        }
    }

    @Test
    void namesTheFolderThatItCannotWriteTo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> MediaStores.inFolder(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("mediasaga.storage.path");
    }

    @Test
    void namesTheObjectThatItCannotWriteAndNoPathOfTheMachine() throws IOException {
        Files.createFile(folder.resolve("made/when/absent/blocked"));
        assertThatThrownBy(() -> store.write(MediaKey.of("blocked/object"), new ByteArrayInputStream(bytes(1))))
                .isInstanceOf(IOException.class)
                .hasMessage("The media store cannot write store:blocked/object: a file is where its folder is to be");
    }

    @Test
    void doesNotFollowALinkInPlaceOfAnObject() throws IOException {
        Path root = folder.resolve("made/when/absent");
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc/hostname"));
        assertThat(store.exists(MediaKey.of("link"))).isFalse();
        assertThatThrownBy(() -> store.open(MediaKey.of("link"))).isInstanceOf(ObjectNotFoundException.class);
    }
}

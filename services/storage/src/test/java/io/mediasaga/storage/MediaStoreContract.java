package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store has to do. */
abstract class MediaStoreContract {

    static final MediaKey KEY = MediaKey.of("uploads/u1/source");

    @TempDir
    Path temp;

    abstract MediaStore store();

    @Test
    void givesBackWhatWasWritten() throws IOException {
        byte[] bytes = bytes(100_000);
        StoredObject written = store().write(KEY, new ByteArrayInputStream(bytes));

        assertThat(written.size()).isEqualTo(100_000);
        assertThat(written.modifiedAt()).isBetween(
                Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plus(Duration.ofMinutes(1)));
        assertThat(store().find(KEY)).contains(written);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void replacesWhatIsThere() throws IOException {
        store().write(KEY, new ByteArrayInputStream(bytes(1000)));
        byte[] second = bytes(10);
        store().write(KEY, new ByteArrayInputStream(second));
        assertThat(read(KEY)).isEqualTo(second);
    }

    @Test
    void keepsEmptyObjects() throws IOException {
        store().write(KEY, InputStream.nullInputStream());
        assertThat(store().find(KEY).orElseThrow().size()).isZero();
        assertThat(read(KEY)).isEmpty();
    }

    @Test
    void writesLargeFiles() throws IOException {
        byte[] bytes = bytes(13 << 20);
        Path file = Files.write(temp.resolve("large"), bytes);
        assertThat(store().write(KEY, file).size()).isEqualTo(bytes.length);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void leavesNothingOfAStreamThatBreaks() throws IOException {
        InputStream broken = new InputStream() {
            private int left = 6 << 20;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("cut off");
                }
                return 7;
            }
        };
        assertThatThrownBy(() -> store().write(KEY, broken)).hasMessageContaining("cut off");
        assertThat(store().exists(KEY)).isFalse();
        assertThat(store().list(MediaKey.of("uploads"))).isEmpty();
    }

    @Test
    void readsRanges() throws IOException {
        byte[] bytes = bytes(1000);
        store().write(KEY, new ByteArrayInputStream(bytes));
        assertThat(read(KEY, 10, 20)).isEqualTo(Arrays.copyOfRange(bytes, 10, 30));
        assertThat(read(KEY, 990, Long.MAX_VALUE)).isEqualTo(Arrays.copyOfRange(bytes, 990, 1000));
        assertThat(read(KEY, 990, 500)).hasSize(10);
        assertThat(read(KEY, 1000, 5)).isEmpty();
        assertThat(read(KEY, 5000, 5)).isEmpty();
        assertThat(read(KEY, 0, 0)).isEmpty();
    }

    @Test
    void mayBeClosedInTheMiddleOfReading() throws IOException {
        store().write(KEY, new ByteArrayInputStream(bytes(1 << 20)));
        try (InputStream in = store().open(KEY)) {
            assertThat(in.read()).isNotNegative();
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> store().open(KEY))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("store:uploads/u1/source");
        assertThatThrownBy(() -> store().open(KEY, 5, 5)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store().local(KEY, temp)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store().copy(KEY, MediaKey.of("a/b"))).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void listsAndDeletesAFolderAndOnlyIt() throws IOException {
        for (String each : new String[] {"out/a/1", "out/a/2", "out/a/sub/3", "out/ab/4", "out/a.5"}) {
            store().write(MediaKey.of(each), new ByteArrayInputStream(bytes(3)));
        }
        assertThat(store().list(MediaKey.of("out/a")))
                .extracting(each -> each.key().value())
                .containsExactly("out/a/1", "out/a/2", "out/a/sub/3");
        store().append(MediaKey.of("out/a/open"), AppendState.EMPTY, 1).close();

        assertThat(store().deleteAll(MediaKey.of("out/a"))).isEqualTo(3);
        assertThat(store().deleteAll(MediaKey.of("out/a"))).isZero();
        assertThat(store().list(MediaKey.of("out")))
                .extracting(each -> each.key().value())
                .containsExactly("out/a.5", "out/ab/4");
    }

    @Test
    void showsTheFoldersOfAFolder() throws IOException {
        for (String each : new String[] {"uploads/a/1", "uploads/a/2", "uploads/b/c/d", "uploads/e"}) {
            store().write(MediaKey.of(each), new ByteArrayInputStream(bytes(3)));
        }
        List<String> folders = new ArrayList<>();
        store().forEachFolder(MediaKey.of("uploads"), folder -> folders.add(folder.value()));
        store().forEachFolder(MediaKey.of("nothing"), folder -> folders.add(folder.value()));
        assertThat(folders).containsExactlyInAnyOrder("uploads/a", "uploads/b");
        List<String> files = new ArrayList<>();
        store().forEachDirectlyIn(MediaKey.of("uploads"), file -> files.add(file.key().value() + " " + file.size()));
        store().forEachDirectlyIn(MediaKey.of("nothing"), file -> files.add(file.key().value()));
        assertThat(files).containsExactly("uploads/e 3");
    }

    @Test
    void createsInOneStepWhatIsNotThere() throws IOException {
        boolean creates = store().creates();
        assertThat(store().create(KEY, bytes(1000))).isEqualTo(creates);
        assertThat(store().create(KEY, bytes(5))).isFalse();
        assertThat(store().find(KEY).map(StoredObject::size)).isEqualTo(creates ? Optional.of(1000L) : Optional.empty());
        assertThat(store().list(MediaKey.of("uploads"))).hasSize(creates ? 1 : 0);
    }

    @Test
    void deletesOnceAndAgain() throws IOException {
        store().write(KEY, new ByteArrayInputStream(bytes(3)));
        store().delete(KEY);
        store().delete(KEY);
        assertThat(store().exists(KEY)).isFalse();
    }

    @Test
    void givesAFileToTools() throws IOException {
        byte[] bytes = bytes(5000);
        store().write(KEY, new ByteArrayInputStream(bytes));
        try (LocalFile local = store().local(KEY, temp)) {
            assertThat(Files.readAllBytes(local.path())).isEqualTo(bytes);
        }
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    @Test
    void copiesInside() throws IOException {
        byte[] bytes = bytes(5000);
        MediaKey to = MediaKey.of("public/u1/copy");
        store().write(KEY, new ByteArrayInputStream(bytes));
        assertThat(store().copy(KEY, to).size()).isEqualTo(5000);
        store().delete(KEY);
        assertThat(read(to)).isEqualTo(bytes);
    }

    @Test
    void copiesLargeObjects() throws IOException {
        byte[] bytes = bytes(23 << 20);
        MediaKey to = MediaKey.of("public/u1/copy");
        store().write(KEY, new ByteArrayInputStream(bytes));
        assertThat(store().copy(KEY, to).size()).isEqualTo(bytes.length);
        assertThat(read(to)).isEqualTo(bytes);
        assertThat(store().list(MediaKey.of("public"))).hasSize(1);
    }

    @Test
    void copiesAFolderIn() throws IOException {
        Files.createDirectories(temp.resolve("hls/v0"));
        Files.write(temp.resolve("hls/master.m3u8"), bytes(10));
        Files.write(temp.resolve("hls/v0/s0.ts"), bytes(20));
        assertThat(store().copyIn(temp.resolve("hls"), MediaKey.of("out/a1")))
                .extracting(each -> each.key().value() + " " + each.size())
                .containsExactly("out/a1/master.m3u8 10", "out/a1/v0/s0.ts 20");
        assertThat(store().list(MediaKey.of("out"))).hasSize(2);
    }

    @Test
    void refusesLinksAndStrangeNamesInAFolder() throws IOException {
        Files.createDirectories(temp.resolve("bad"));
        Files.createSymbolicLink(temp.resolve("bad/link"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> store().copyIn(temp.resolve("bad"), MediaKey.of("out/a1")))
                .hasMessageContaining("link");
        Files.delete(temp.resolve("bad/link"));
        Files.write(temp.resolve("bad/.htaccess"), bytes(1));
        assertThatThrownBy(() -> store().copyIn(temp.resolve("bad"), MediaKey.of("out/a1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store().list(MediaKey.of("out"))).isEmpty();
    }

    byte[] read(MediaKey key) throws IOException {
        return read(key, 0, Long.MAX_VALUE);
    }

    byte[] read(MediaKey key, long offset, long length) throws IOException {
        try (InputStream in = store().open(key, offset, length)) {
            return in.readAllBytes();
        }
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}

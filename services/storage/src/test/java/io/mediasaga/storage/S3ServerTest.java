package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.s3server.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Against a server that checks signatures and keeps to the limits of S3. */
class S3ServerTest extends AppendContract {

    @TempDir
    static Path folder;

    static S3Server server;

    private final String prefix = "test-" + UUID.randomUUID();
    private S3Store store;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(folder.resolve("s3"), "films");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        store = S3Store.create(properties(server.endpoint(), "films", prefix, server.secretKey()), 5 << 20);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    MediaStore store() {
        return store;
    }

    @Test
    void leavesNoPartsNorTails() throws IOException {
        byte[] bytes = bytes(6 << 20);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 5 << 20);
        append(state, 1, bytes, 5 << 20, bytes.length);
        assertThat(unfinished()).containsExactly(KEY);
        store.deleteAll(MediaKey.of("uploads"));
        assertThat(unfinished()).isEmpty();
        assertThat(store.list(MediaKey.of("uploads"))).isEmpty();
    }

    @Test
    void passesOverNamesThatAreNotOurs() throws IOException {
        S3Store whole = S3Store.create(properties(server.endpoint(), "films", "", server.secretKey()));
        try (whole) {
            whole.write(MediaKey.of(prefix + "/uploads/a/ours"), new ByteArrayInputStream(bytes(3)));
            java.nio.file.Files.createDirectories(folder.resolve("s3/films/" + prefix + "/uploads/a strange place"));
            java.nio.file.Files.writeString(folder.resolve("s3/films/" + prefix + "/uploads/a strange place/öther"), "?");
            java.nio.file.Files.writeString(folder.resolve("s3/films/" + prefix + "/uploads/öther"), "?");
        }
        assertThat(store.list(MediaKey.of("uploads"))).extracting(each -> each.key().value()).containsExactly("uploads/a/ours");
        List<MediaKey> folders = new ArrayList<>();
        store.forEachFolder(MediaKey.of("uploads"), folders::add);
        assertThat(folders).containsExactly(MediaKey.of("uploads/a"));
    }

    @Test
    void saysWhatIsWrongWithCredentialsAndBucket() {
        problem(properties(server.endpoint(), "films", "", "not/the/secret"), true, "refuses the credentials", "secret-key");
        problem(properties(server.endpoint(), "nowhere", "", server.secretKey()), true, "nowhere does not exist", "s3.bucket");
        problem(properties(URI.create("http://127.0.0.1:1"), "films", "", server.secretKey()), false, "cannot be reached at http://127.0.0.1:1", "s3.endpoint");
    }

    private static void problem(StorageProperties.S3 properties, boolean misconfigured, String... words) {
        try (S3Store other = S3Store.create(properties)) {
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable each : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                    other::check, () -> other.find(KEY), () -> other.open(KEY), () -> other.deleteAll(KEY),
                    () -> other.write(KEY, new ByteArrayInputStream(bytes(3))))) {
                assertThatThrownBy(each).isInstanceOfSatisfying(StoreUnavailableException.class, e -> {
                    assertThat(e.misconfigured()).as(e.getMessage()).isEqualTo(misconfigured);
                    assertThat(e).hasMessageContaining(properties.bucket());
                    assertThat(e.getMessage()).doesNotContain(properties.secretKey());
                });
            }
            assertThatThrownBy(other::check).hasMessageContainingAll(words);
        }
    }

    @Test
    void aServerThatGoesAwayIsNoLoss() throws IOException {
        byte[] bytes = bytes(12 << 20);
        AppendState kept = append(AppendState.EMPTY, 1, bytes, 0, 6 << 20);
        server.kill();
        try {
            assertThatThrownBy(() -> append(kept, 1, bytes, 6 << 20, bytes.length)).isInstanceOf(StoreUnavailableException.class);
        } finally {
            server.restart();
        }
        AppendState state = append(kept, 1, bytes, 6 << 20, bytes.length);
        store.finish(KEY, state);
        assertThat(read(KEY)).isEqualTo(bytes);
    }

    /** As when the answer to the request that finished it was lost. */
    @Test
    void isFinishedOnceThoughTheAnswerWasLost() throws IOException {
        byte[] bytes = bytes(6 << 20);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, bytes.length);
        store.finish(KEY, state);
        assertThat(store.finish(KEY, state).size()).isEqualTo(bytes.length);
    }

    private List<MediaKey> unfinished() throws IOException {
        List<MediaKey> found = new ArrayList<>();
        store.forEachUnfinished(MediaKey.of("uploads"), each -> found.add(each.key()));
        return found;
    }

    private static StorageProperties.S3 properties(URI endpoint, String bucket, String prefix, String secret) {
        return new StorageProperties.S3(
                endpoint, "us-east-1", bucket, prefix, server.accessKey(), secret, true, DataSize.ofMegabytes(5), folder);
    }
}

package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Against a fake; with {@code -Dmediasaga.test.s3=http://…} against a real server that has a bucket {@code films}. */
class S3StoreTest extends AppendContract {

    @TempDir
    Path local;

    private FakeS3 fake;
    private S3Store store;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeS3();
        String real = System.getProperty("mediasaga.test.s3");
        store = S3Store.create(properties(
                real == null ? fake.endpoint() : URI.create(real), "films", "test-" + UUID.randomUUID(), "5MB"), 5 << 20);
    }

    @AfterEach
    void close() {
        store.close();
        fake.close();
    }

    @Override
    MediaStore store() {
        return store;
    }

    @Test
    void leavesNoPartsNorTails() throws IOException {
        byte[] bytes = bytes(6 << 20);
        AppendState state = append(AppendState.EMPTY, 1, bytes, 0, 100);
        state = append(state, 1, bytes, 100, 200);
        state = append(state, 1, bytes, 200, bytes.length);
        assertThat(fake.bucket.objects.keySet()).as("old tails go").hasSizeLessThanOrEqualTo(2);
        store.finish(KEY, state);
        append(AppendState.EMPTY, 1, bytes, 0, bytes.length);
        assertThat(store.deleteAll(MediaKey.of("uploads"))).isEqualTo(1);
        assertThat(fake.bucket.objects).isEmpty();
        assertThat(fake.bucket.uploads).isEmpty();
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        try (AppendSession session = store.append(KEY, AppendState.EMPTY, 1)) {
            session.write(bytes(100), 0, 100);
            assertThat(Files.list(local)).as("it has no name, so it goes even with a process that is killed").isEmpty();
        }
    }

    @Test
    void saysThatItIsFull() {
        fake.full = true;
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getProperty("mediasaga.test.s3") == null);
        assertThatThrownBy(() -> store.write(KEY, new ByteArrayInputStream(bytes(1))))
                .isInstanceOf(StorageFullException.class)
                .hasMessageContaining("films");
    }

    @Test
    void aBusyServerIsAway() {
        fake.busy = true;
        assertThatThrownBy(() -> store.find(KEY)).isInstanceOf(StoreUnavailableException.class).hasMessageContaining("503");
        assertThatThrownBy(() -> store.write(KEY, new ByteArrayInputStream(bytes(1))))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.misconfigured()).isFalse())
                .hasMessageContaining("SlowDown");
    }

    @Test
    void anAnswerThatIsCutOffIsNoEnd() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(System.getProperty("mediasaga.test.s3") == null);
        store.write(KEY, new ByteArrayInputStream(bytes(1 << 20)));
        fake.cutOff = true;
        assertThatThrownBy(() -> read(KEY)).isInstanceOf(StoreUnavailableException.class).hasMessageContaining("before its end");
        assertThatThrownBy(() -> store.local(KEY, temp)).isInstanceOf(StoreUnavailableException.class);
        assertThat(Files.list(temp)).isEmpty();
    }

    @Test
    void aMissingBucketIsNoMissingObject() {
        try (S3Store other = S3Store.create(properties(fake.endpoint(), "nowhere", "", "8MB"))) {
            for (ThrowingCallable each : List.<ThrowingCallable>of(
                    () -> other.list(MediaKey.of("uploads")), () -> other.find(KEY), () -> other.open(KEY), other::check)) {
                assertThatThrownBy(each)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("nowhere")
                        .hasMessageContaining("mediasaga.storage.s3.bucket");
            }
        }
    }

    @Test
    void namesEverythingThatIsWronglyConfigured() {
        StorageProperties.S3 wrong = new StorageProperties.S3(
                null, "eu-central-1", "", "/films/", "key", "", false, DataSize.ofMegabytes(1), null);
        assertThatThrownBy(() -> S3Store.create(wrong))
                .hasMessageContaining("s3.bucket")
                .hasMessageContaining("secret-key")
                .hasMessageContaining("s3.prefix")
                .hasMessageContaining("part-size");
        assertThat(properties(fake.endpoint(), "films", "", "8MB").toString()).doesNotContain("secret");
    }

    private StorageProperties.S3 properties(URI endpoint, String bucket, String prefix, String partSize) {
        return new StorageProperties.S3(
                endpoint, "us-east-1", bucket, prefix, "access", "secret", true, DataSize.parse(partSize), local);
    }
}

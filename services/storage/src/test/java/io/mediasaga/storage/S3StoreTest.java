package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
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
                real == null ? fake.endpoint() : URI.create(real), "films", "test-" + UUID.randomUUID(), "5MB"));
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
    void deletesItsTemporaryCopies() throws IOException {
        store.write(KEY, new ByteArrayInputStream(bytes(10)));
        store.local(KEY).close();
        assertThat(Files.list(local)).isEmpty();
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
    void aMissingBucketIsNoMissingObject() {
        try (S3Store other = S3Store.create(properties(fake.endpoint(), "nowhere", "", "8MB"))) {
            assertThatThrownBy(() -> other.list(MediaKey.of("uploads")))
                    .isNotInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("nowhere")
                    .hasMessageContaining("mediasaga.storage.s3");
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

package io.mediasaga.ingest.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.UploadFiles;
import io.mediasaga.storage.MediaKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class JanitorTest extends IngestIntegration {

    @Autowired
    private Janitor janitor;

    @Autowired
    private Orphans orphans;

    @Test
    void endsWhatIsOverItsTimeAndTellsTheSagaOnce() throws IOException {
        Upload upload = prepared(200_000);
        Upload other = prepared(200_000);
        client().patch(upload.id(), client().token(upload.assetId()), 0, bytes(100_000));
        expire(upload);
        janitor.tidy();
        janitor.tidy();
        assertThat(now(upload).status()).isEqualTo(Upload.Status.FAILED);
        assertThat(now(other).status()).isEqualTo(Upload.Status.OPEN);
        assertThat(told(upload)).singleElement().satisfies(event -> {
            assertThat(event.envelope().type()).isEqualTo("IngestUploadFailed");
            assertThat(event.envelope().payload()).contains("UPLOAD_EXPIRED", "\"retryable\":false");
        });
        assertThat(folders(upload)).isZero();
    }

    @Test
    void doesNotEndWhatIsBeingWritten() {
        Upload upload = prepared(200_000);
        expire(upload);
        sql("UPDATE upload SET lock_token = 'x', locked_until = now() + interval '1 minute' WHERE upload_id = ?", upload.id());
        janitor.tidy();
        assertThat(now(upload).status()).isEqualTo(Upload.Status.OPEN);
    }

    @Test
    void finishesWhatWasInterruptedAtItsEnd() throws IOException {
        byte[] bytes = bytes(150_000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        switches.brokenAtTheEnd(true);
        client().patch(upload.id(), token, 0, bytes);
        switches.brokenAtTheEnd(false);
        assertThat(told(upload)).isEmpty();
        expire(upload);
        janitor.tidy();
        janitor.tidy();
        assertThat(told(upload)).hasSize(1);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void finishesWhatAnotherReplicaLeftByReadingItAgain() throws IOException {
        byte[] bytes = bytes(150_000);
        Upload upload = prepared(bytes.length);
        String token = client().token(upload.assetId());
        client().patch(upload.id(), token, 0, Arrays.copyOf(bytes, 70_000));
        // As if the other had gone on from here under a lease of its own: nothing is known here of the digest.
        sql("UPDATE upload SET lock_token = 'gone', locked_until = now() - interval '1 second' WHERE upload_id = ?", upload.id());
        client().patch(upload.id(), token, 70_000, Arrays.copyOfRange(bytes, 70_000, bytes.length));
        assertThat(told(upload)).hasSize(1);
        assertThat(fileToldOf(upload)).isEqualTo(bytes);
    }

    @Test
    void tellsAFailureAgainUntilTheSagaHasCleanedUp() {
        Upload upload = prepared(100);
        client().send("DELETE", "/uploads/" + upload.id(), "Tus-Resumable", "1.0.0", "Authorization", "Bearer " + API_TOKEN);
        sql("UPDATE upload SET next_notice_at = now() WHERE upload_id = ?", upload.id());
        janitor.tidy();
        janitor.tidy();
        assertThat(told(upload)).hasSize(2);
        assertThat(told(upload)).extracting(each -> each.envelope().messageId()).doesNotHaveDuplicates();
        uploads.clean(List.of(upload.sagaId()), Duration.ZERO);
        sql("UPDATE upload SET next_notice_at = NULL WHERE upload_id = ?", upload.id());
        janitor.tidy();
        assertThat(told(upload)).hasSize(2);
    }

    @Test
    void deletesTheFilesOfEndedSagasAndForgetsTheirUploadsLater() throws IOException {
        Upload upload = prepared(100);
        client().put(upload.id(), client().token(upload.assetId()), bytes(100));
        assertThat(smallFiles(upload.id())).isEqualTo(1);
        uploads.clean(List.of(upload.sagaId()), Duration.ZERO);
        janitor.tidy();
        assertThat(smallFiles(upload.id())).isZero();
        assertThat(now(upload).status()).isEqualTo(Upload.Status.CLEANED);
        sql("UPDATE upload SET updated_at = now() - interval '2 days' WHERE upload_id = ?", upload.id());
        janitor.tidy();
        assertThat(uploads.find(upload.id())).isEmpty();
    }

    @Test
    void deletesWhatBelongsToNothingAndNothingElse() throws IOException {
        Upload upload = prepared(100);
        client().put(upload.id(), client().token(upload.assetId()), bytes(100));
        MediaKey orphan = Upload.folder(UUID.randomUUID().toString()).resolve("source");
        store.write(orphan, new ByteArrayInputStream(bytes(10)));
        assertThat(orphans.delete(Duration.ofDays(1))).isZero();
        assertThat(orphans.delete(Duration.ofSeconds(-5))).isEqualTo(1);
        assertThat(store.exists(orphan)).isFalse();
        assertThat(smallFiles(upload.id())).isEqualTo(1);
    }

    /** What a process leaves that is killed between the small file and the transaction that makes it the upload's. */
    @Test
    void deletesSmallFilesThatBelongToNothingAndNothingElse() throws IOException {
        Upload upload = prepared(100);
        client().put(upload.id(), client().token(upload.assetId()), bytes(100));
        String nobodys = UUID.randomUUID().toString();
        assertThat(store.create(Upload.root().resolve(nobodys + ".whole"), bytes(10))).isTrue();
        assertThat(orphans.delete(Duration.ofDays(1))).isZero();
        assertThat(orphans.delete(Duration.ofSeconds(-5))).isEqualTo(1);
        assertThat(smallFiles(nobodys)).isZero();
        assertThat(smallFiles(upload.id())).isEqualTo(1);
    }

    /** The next request finds the part that the killed one has left, and goes around it; both go with the upload. */
    @Test
    void aSmallFileWhoseWriterWasKilledIsWrittenAnewAndGoesWithTheUpload() throws IOException {
        Upload upload = prepared(100);
        store.create(Upload.root().resolve(upload.id() + ".whole"), bytes(10));
        assertThat(client().put(upload.id(), client().token(upload.assetId()), bytes(100)).statusCode()).isEqualTo(204);
        assertThat(store.list(Upload.folder(upload.id()))).singleElement().satisfies(file -> assertThat(file.size()).isEqualTo(100));
        uploads.clean(List.of(upload.sagaId()), Duration.ZERO);
        janitor.tidy();
        assertThat(smallFiles(upload.id())).isZero();
        assertThat(store.list(Upload.folder(upload.id()))).isEmpty();
    }

    private void expire(Upload upload) {
        sql("UPDATE upload SET expires_at = now() - interval '1 second' WHERE upload_id = ?", upload.id());
    }

    private int folders(Upload upload) throws IOException {
        int[] count = new int[1];
        store.forEachFolder(Upload.root(), folder -> count[0] += folder.name().equals(upload.id()) ? 1 : 0);
        return count[0];
    }

    private int smallFiles(String upload) throws IOException {
        int[] count = new int[1];
        store.forEachDirectlyIn(Upload.root(), each -> count[0] += upload.equals(UploadFiles.uploadOf(each.key())) ? 1 : 0);
        return count[0];
    }
}

package io.mediasaga.ingest.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class HandlersTest extends IngestIntegration {

    @Autowired
    private PrepareIngest prepare;

    @Autowired
    private CleanupIngest cleanup;

    @Autowired
    private ForgetWhenCompleted forget;

    @Autowired
    private TransactionTemplate transactions;

    private final String saga = UUID.randomUUID().toString();
    private final String asset = "asset " + UUID.randomUUID();

    @Test
    void preparesAnUpload() {
        Outcome outcome = prepare(command(saga, new IngestPrepare(asset, "owner", "C:\\films\\..\\a\"b.mp4", "Video/MP4; x=y", 10L, null)));
        Upload upload = uploads.findByAsset(asset).orElseThrow();
        assertThat(outcome).isEqualTo(Outcome.success(new PrepareIngest.Ready(asset, upload.id(), upload.expiresAt())));
        assertThat(upload.fileName()).isEqualTo("ab.mp4");
        assertThat(upload.contentType()).isEqualTo("video/mp4");
        assertThat(upload.requestId()).isEqualTo("r1");
        assertThat(Duration.between(upload.readAt(), upload.expiresAt()))
                .isBetween(Duration.ofHours(24).minusMinutes(1), Duration.ofHours(24));
    }

    @Test
    void preparesOncePerAsset() {
        IngestPrepare payload = new IngestPrepare(asset, "owner", "a.mp4", null, 10L, null);
        Outcome first = prepare(command(saga, payload));
        assertThat(prepare(command(saga, payload))).isEqualTo(first);
        assertThat(prepare(command("another", payload)))
                .isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("ASSET_HAS_UPLOAD");
                    assertThat(failure.retryable()).isFalse();
                });
    }

    @Test
    void preparesManyTogether() {
        String free = "asset " + UUID.randomUUID();
        prepare(command("another", new IngestPrepare(asset, "owner", "a.mp4", null, 10L, null)));

        List<Outcome> outcomes = prepare.handle(List.of(
                command(saga, new IngestPrepare(asset, "owner", "a.mp4", null, 10L, null)),
                command("s2", new IngestPrepare(free, "owner", "b.mp4", null, 0L, null)),
                command("s3", new IngestPrepare(free, "owner", "b.mp4", null, 20L, null)),
                command("s4", new IngestPrepare(free, "owner", "b.mp4", null, 20L, null))));

        Upload upload = uploads.findByAsset(free).orElseThrow();
        assertThat(upload.sagaId()).isEqualTo("s3");
        assertThat(outcomes).map(each -> each instanceof Outcome.Failure failure ? failure.code() : "")
                .containsExactly("ASSET_HAS_UPLOAD", "EMPTY_FILE", "", "ASSET_HAS_UPLOAD");
        assertThat(outcomes.get(2)).isEqualTo(Outcome.success(new PrepareIngest.Ready(free, upload.id(), upload.expiresAt())));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "INVALID_ASSET_ID, -, video/mp4, 10, -",
                "INVALID_ASSET_ID, '  ', video/mp4, 10, -",
                "INVALID_SIZE, a, video/mp4, -, -",
                "EMPTY_FILE, a, video/mp4, 0, -",
                "EMPTY_FILE, a, video/mp4, -5, -",
                "FILE_TOO_LARGE, a, video/mp4, 99999999999, -",
                "INVALID_CONTENT_TYPE, a, video, 10, -",
                "INVALID_CONTENT_TYPE, a, '../mp4 x', 10, -",
                "INVALID_SHA256, a, video/mp4, 10, abc"
            })
    void refusesWhatCannotBe(String code, String id, String type, Long size, String sha256) {
        assertThat(prepare(command(saga, new IngestPrepare(id, "owner", "x", type, size, sha256))))
                .isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.reason()).endsWith(".");
                    assertThat(failure.retryable()).isFalse();
                });
    }

    @Test
    void anUploadThatIsStillRememberedTakesItsFile() {
        transactions.executeWithoutResult(
                status -> prepare(command(saga, new IngestPrepare(asset, "owner", "a.mp4", null, 10L, null))));
        String token = client().token(asset);
        Upload upload = uploads.findByAsset(asset).orElseThrow();

        assertThat(client().put(upload.id(), token, bytes(10)).statusCode()).isEqualTo(204);
        assertThat(client().put(upload.id(), token, bytes(10)).statusCode()).isEqualTo(409);
        assertThat(now(upload).status()).isEqualTo(Upload.Status.UPLOADED);
    }

    @Test
    void anUploadThatIsRememberedButWasEndedElsewhereTakesNothing() throws Exception {
        transactions.executeWithoutResult(
                status -> prepare(command(saga, new IngestPrepare(asset, "owner", "a.mp4", null, 10L, null))));
        String token = client().token(asset);
        Upload upload = uploads.findByAsset(asset).orElseThrow();
        jdbc.sql("UPDATE upload SET status = 'CLEANED' WHERE upload_id = ?").param(upload.id()).update();

        assertThat(client().put(upload.id(), token, bytes(10)).statusCode()).isEqualTo(410);
        store.forEachFolder(Upload.root(), folder -> assertThat(folder.name()).isNotEqualTo(upload.id()));
        store.forEachDirectlyIn(Upload.root(), file -> assertThat(file.key().name()).doesNotContain(upload.id()));
    }

    @Test
    void cleansUpWhateverIsThere() throws Exception {
        prepare(command(saga, new IngestPrepare(asset, "owner", "a.mp4", null, 200_000L, null)));
        Upload upload = uploads.findByAsset(asset).orElseThrow();
        String token = client().token(asset);
        client().patch(upload.id(), token, 0, bytes(100_000));

        Outcome outcome = cleanup.run(command(saga, new IngestCleanup(asset)), new NoWork());
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Success.class, success -> {
            assertThat(success.write()).isNotNull();
            success.write().alone();
        });
        assertThat(now(upload).status()).isEqualTo(Upload.Status.CLEANED);
        assertThat(client().patch(upload.id(), token, 100_000, bytes(10)).statusCode()).isEqualTo(410);
        store.forEachFolder(Upload.root(), folder -> assertThat(folder.name()).isNotEqualTo(upload.id()));

        assertThat(cleanup.run(command(saga, new IngestCleanup(asset)), new NoWork())).isInstanceOf(Outcome.Success.class);
        assertThat(cleanup.run(command("nobody", new IngestCleanup(null)), new NoWork())).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void leavesTheUploadsOfOtherSagasAlone() throws Exception {
        Upload upload = prepared(10);
        cleanup.run(command("another", new IngestCleanup(upload.assetId())), new NoWork());
        forget.handle(List.of(new Event<>("m", "another", "S", null, new SagaEnded("d"))));
        assertThat(now(upload).status()).isEqualTo(Upload.Status.OPEN);
        forget.handle(List.of(new Event<>("m", upload.sagaId(), "S", null, new SagaEnded("d"))));
        assertThat(now(upload).status()).isEqualTo(Upload.Status.CLEANED);
    }

    private Outcome prepare(Command<IngestPrepare> command) {
        return prepare.handle(List.of(command)).getFirst();
    }

    private static <P> Command<P> command(String saga, P payload) {
        return new Command<>(saga, "STEP", 1, "r1", payload);
    }

    private static final class NoWork implements Work {
        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean stopped() {
            return false;
        }

        @Override
        public void onStop(Runnable action) {
            // Never stops.
        }

        @Override
        public void progress(String topic, String type, Object payload) {
            // Nobody looks.
        }
    }
}

package io.mediasaga.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.storage.AppendState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class RecentUploadsTest {

    private final RecentUploads recent = new RecentUploads();

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    private void prepared(Upload... uploads) {
        recent.preparedInThisTransaction(List.of(uploads));
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
    }

    private static Upload upload(String id, String asset) {
        Instant now = Instant.now();
        return new Upload(id, asset, "saga", "owner", "a.mp4", "video/mp4", 10, null, null, null, Upload.Status.OPEN,
                AppendState.EMPTY, 1, null, now.plusSeconds(60), now);
    }

    @Test
    void remembersWhatIsCommitted() {
        recent.preparedInThisTransaction(List.of(upload("u1", "a1")));
        assertThat(recent.find("u1")).isEmpty();

        Upload upload = upload("u2", "a2");
        prepared(upload);

        assertThat(recent.find("u2")).map(Upload::assetId).contains("a2");
        assertThat(recent.findByAsset("a2")).map(Upload::id).contains("u2");
        assertThat(recent.find("u2").orElseThrow().readAt()).isAfter(upload.readAt());
    }

    @Test
    void whatIsTakenOrForgottenIsGone() {
        prepared(upload("u1", "a1"), upload("u2", "a2"));

        assertThat(recent.take("u1")).isPresent();
        assertThat(recent.take("u1")).isEmpty();
        recent.forget("u2");
        assertThat(recent.findByAsset("a2")).isEmpty();
    }

    @Test
    void aLaterUploadOfTheAssetTakesThePlace() {
        prepared(upload("u1", "a1"));
        prepared(upload("u2", "a1"));

        assertThat(recent.find("u1")).isEmpty();
        recent.forget("u1");
        assertThat(recent.findByAsset("a1")).map(Upload::id).contains("u2");
    }

    @Test
    void keepsABoundedNumber() {
        prepared(IntStream.range(0, 5_003).mapToObj(i -> upload("u" + i, "a" + i)).toArray(Upload[]::new));

        assertThat(recent.find("u2")).isEmpty();
        assertThat(recent.findByAsset("a3")).isPresent();
    }
}

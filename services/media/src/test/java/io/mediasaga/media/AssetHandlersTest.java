package io.mediasaga.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class AssetHandlersTest extends MediaIntegration {

    @Autowired
    private CreateAsset createAsset;

    @Autowired
    private MarkAssetFailed markFailed;

    @Autowired
    private MarkAssetPublished markPublished;

    private final String assetId = id();
    private final String saga = id();

    @Test
    void anAssetIsRegisteredAsPending() {
        Outcome outcome = run(createAsset, saga, create(assetId));

        assertThat(outcome).isEqualTo(Outcome.success(new AssetReply(assetId, "o1")));
        Asset asset = asset(assetId);
        assertThat(asset.status()).isEqualTo(AssetStatus.PENDING);
        assertThat(asset.sagaId()).isEqualTo(saga);
        assertThat(asset.title()).isEqualTo("A film");
    }

    @Test
    void onlyTheIdIsRequired() {
        AssetCreate least = new AssetCreate(assetId, null, null, null, null, null);

        assertThat(run(createAsset, saga, least)).isInstanceOf(Outcome.Success.class);
        assertThat(asset(assetId).ownerId()).isNull();
    }

    @Test
    void theSameSagaMayRegisterAgainAnotherMayNot() {
        run(createAsset, saga, create(assetId));

        assertThat(run(createAsset, saga, create(assetId))).isInstanceOf(Outcome.Success.class);
        assertRefused(run(createAsset, "other", create(assetId)), "ASSET_EXISTS");
        assertThat(asset(assetId).sagaId()).isEqualTo(saga);
    }

    @Test
    void whatComesTogetherIsDecidedOneByOne() {
        String taken = id();
        run(createAsset, "other", create(taken));

        List<Outcome> outcomes = together(
                createAsset,
                List.of(
                        new Command<>(saga, "STEP", 1, null, create(assetId)),
                        new Command<>("s2", "STEP", 1, null, create(assetId)),
                        new Command<>("s3", "STEP", 1, null, create(taken)),
                        new Command<>("s4", "STEP", 1, null, new AssetCreate(id(), null, " ", null, null, null)),
                        new Command<>("s5", "STEP", 1, null, create(id()))));

        assertThat(outcomes).map(each -> each instanceof Outcome.Failure failure ? failure.code() : "")
                .containsExactly("", "ASSET_EXISTS", "ASSET_EXISTS", "INVALID_TITLE", "");
        assertThat(asset(assetId).sagaId()).isEqualTo(saga);

        assertThat(together(
                        markPublished,
                        List.of(
                                new Command<>(saga, "STEP", 1, null, publish(assetId)),
                                new Command<>("s3", "STEP", 1, null, publish(taken)),
                                new Command<>("s6", "STEP", 1, null, publish(id())))))
                .map(each -> each instanceof Outcome.Failure failure ? failure.code() : "")
                .containsExactly("", "ASSET_OF_ANOTHER_SAGA", "ASSET_UNKNOWN");
        assertThat(asset(assetId).status()).isEqualTo(AssetStatus.PUBLISHED);
    }

    @Test
    void theOneThatIsWrongIsNamed() {
        var wrong = new Command<>("s2", "STEP", 1, (String) null, create(" "));

        assertThatThrownBy(() -> together(
                        createAsset, List.of(new Command<>(saga, "STEP", 1, null, create(assetId)), wrong)))
                .isInstanceOfSatisfying(FailedItemException.class, e -> assertThat(e.item()).isSameAs(wrong));
    }

    @Test
    void ofManySagasWithOneIdOneWins() throws Exception {
        List<Callable<Outcome>> sagas = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String sagaId = "saga-" + i;
            sagas.add(() -> run(createAsset, sagaId, create(assetId)));
        }
        int won = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> outcome : threads.invokeAll(sagas)) {
                won += outcome.get() instanceof Outcome.Success ? 1 : 0;
            }
        }
        assertThat(won).isOne();
    }

    @Test
    void aFailedAssetStaysWithItsReason() {
        run(createAsset, saga, create(assetId));

        assertThat(alone(markFailed, saga, new AssetMarkFailed(assetId, "No\u0000 luck"))).isInstanceOf(Outcome.Success.class);
        assertThat(alone(markFailed, saga, new AssetMarkFailed(assetId, "again"))).isInstanceOf(Outcome.Success.class);

        assertThat(asset(assetId).status()).isEqualTo(AssetStatus.FAILED);
        assertThat(asset(assetId).failureReason()).isEqualTo("No  luck");
        assertRefused(run(markPublished, saga, publish(assetId)), "ASSET_FAILED");
        assertRefused(run(createAsset, saga, create(assetId)), "ASSET_EXISTS");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \u0007 "})
    void aFailureWithoutReasonSaysSo(String reason) {
        run(createAsset, saga, create(assetId));

        alone(markFailed, saga, new AssetMarkFailed(assetId, reason));

        assertThat(asset(assetId).failureReason()).isEqualTo("The saga did not say why");
    }

    @Test
    void whatWasNeverRegisteredHasNothingToUndo() {
        assertThat(alone(markFailed, saga, new AssetMarkFailed(assetId, "why"))).isInstanceOf(Outcome.Success.class);
        assertThat(reader.find(assetId)).isEmpty();
    }

    @Test
    void anotherSagasFailureLeavesTheAssetAlone() {
        run(createAsset, saga, create(assetId));

        assertThat(alone(markFailed, "other", new AssetMarkFailed(assetId, "why"))).isInstanceOf(Outcome.Success.class);
        assertRefused(run(markPublished, "other", publish(assetId)), "ASSET_OF_ANOTHER_SAGA");
        assertThat(asset(assetId).status()).isEqualTo(AssetStatus.PENDING);
    }

    @Test
    void aPublishedAssetStaysSoAndNamesItsOwner() {
        run(createAsset, saga, create(assetId));

        Outcome published = Outcome.success(new AssetReply(assetId, "o1"));
        assertThat(run(markPublished, saga, publish(assetId))).isEqualTo(published);
        assertThat(run(markPublished, saga, publish(assetId))).isEqualTo(published);

        assertThat(asset(assetId).status()).isEqualTo(AssetStatus.PUBLISHED);
        assertThat(asset(assetId).durationMs()).isEqualTo(9000);
        assertRefused(alone(markFailed, saga, new AssetMarkFailed(assetId, "why")), "ASSET_PUBLISHED");
    }

    @Test
    void anUnknownAssetIsNotPublished() {
        assertRefused(run(markPublished, saga, publish(assetId)), "ASSET_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/x", "media/x", "/a\nb", ""})
    void aPublicPathIsAPathOfOurs(String path) {
        AssetMarkPublished payload =
                new AssetMarkPublished(assetId, path, null, null, null, null, null, null, null, null);

        assertThatThrownBy(() -> run(markPublished, saga, payload)).isInstanceOf(InvalidPayloadException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "a\u0000b",
                "a\nb",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void anUnusableIdMakesTheMessageInvalid(String bad) {
        assertThatThrownBy(() -> run(createAsset, saga, create(bad))).isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> alone(markFailed, saga, new AssetMarkFailed(bad, "why")))
                .isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> run(markPublished, saga, publish(bad))).isInstanceOf(InvalidPayloadException.class);
        if (bad != null) {
            AssetCreate create = new AssetCreate(assetId, bad, null, null, null, null);
            assertThatThrownBy(() -> run(createAsset, saga, create)).isInstanceOf(InvalidPayloadException.class);
        }
    }

    private static void assertRefused(Outcome outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.reason()).isNotBlank();
        });
    }
}

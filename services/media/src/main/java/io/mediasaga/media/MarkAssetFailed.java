package io.mediasaga.media;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Undoes the registration: the asset stays, marked as failed, with the reason. */
@Component
@Handles(
        topic = "commands.asset.mark_failed",
        type = "AssetMarkFailed",
        success = @Reply(topic = "events.asset.failed", type = "AssetFailed"),
        failure = @Reply(topic = "events.asset.failed", type = "AssetMarkFailedRejected"),
        compensates = "CREATE_ASSET")
class MarkAssetFailed implements CommandHandler<AssetMarkFailed> {

    private static final int MAX_REASON = 2000;

    private final AssetStore assets;

    MarkAssetFailed(AssetStore assets) {
        this.assets = assets;
    }

    @Override
    public Outcome handle(Command<AssetMarkFailed> command) {
        String assetId = Text.id("asset_id", command.payload().assetId());
        String reason = Objects.requireNonNullElse(
                Text.tidy(command.payload().reason(), MAX_REASON), "The saga did not say why");
        if (assets.markFailed(command.sagaId(), assetId, reason)) {
            return Outcome.success(new AssetReply(assetId, null));
        }
        // No asset, or another saga's: this saga has registered nothing, so there is nothing to undo.
        Optional<AssetStore.State> ours =
                assets.state(assetId).filter(state -> state.sagaId().equals(command.sagaId()));
        return ours.isPresent() && ours.get().status() == AssetStatus.PUBLISHED
                ? Outcome.refused("ASSET_PUBLISHED", "The asset %s is published and stays so".formatted(assetId))
                : Outcome.success(new AssetReply(assetId, null));
    }
}

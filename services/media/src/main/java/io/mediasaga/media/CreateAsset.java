package io.mediasaga.media;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Registers an asset. The id belongs to the saga that came first. */
@Component
@Handles(
        topic = "commands.asset.create",
        type = "AssetCreate",
        success = @Reply(topic = "events.asset.created", type = "AssetCreated"),
        failure = @Reply(topic = "events.asset.failed", type = "AssetCreateFailed"))
class CreateAsset implements CommandHandler<AssetCreate> {

    private final AssetStore assets;

    CreateAsset(AssetStore assets) {
        this.assets = assets;
    }

    @Override
    public Outcome handle(Command<AssetCreate> command) {
        AssetCreate asset = command.payload();
        String assetId = Text.id("asset_id", asset.assetId());
        String ownerId = asset.ownerId() == null ? null : Text.id("owner_id", asset.ownerId());
        Optional<Outcome> broken = AssetRules.broken(asset);
        if (broken.isPresent()) {
            return broken.get();
        }
        if (assets.create(command.sagaId(), asset) || isOurs(assetId, command.sagaId())) {
            return Outcome.success(new AssetReply(assetId, ownerId));
        }
        return Outcome.refused(
                "ASSET_EXISTS", "There is an asset %s already; choose another id or leave it out".formatted(assetId));
    }

    private boolean isOurs(String assetId, String sagaId) {
        return assets.state(assetId)
                .filter(state -> state.sagaId().equals(sagaId) && state.status() == AssetStatus.PENDING)
                .isPresent();
    }
}

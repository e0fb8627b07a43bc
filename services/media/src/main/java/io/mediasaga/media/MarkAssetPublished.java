package io.mediasaga.media;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the world where the asset is. Its reply is the event that makes a quota's reservation usage. */
@Component
@Handles(
        topic = "commands.asset.mark_published",
        type = "AssetMarkPublished",
        success = @Reply(topic = "events.asset.published", type = "AssetPublished"),
        failure = @Reply(topic = "events.asset.failed", type = "AssetMarkPublishedFailed"))
class MarkAssetPublished implements BatchCommandHandler<AssetMarkPublished> {

    private static final int MAX_PATH = 2048;
    private static final int MAX_PROFILE = 64;
    private static final int MAX_NOTE = 2000;

    private final AssetStore assets;

    MarkAssetPublished(AssetStore assets) {
        this.assets = assets;
    }

    @Override
    public List<Outcome> handle(List<Command<AssetMarkPublished>> commands) {
        List<AssetStore.Of<AssetMarkPublished>> all = FailedItemException.forEach(
                commands, command -> new AssetStore.Of<>(command.sagaId(), checked(command.payload())));
        Map<String, Optional<String>> owners = assets.markPublished(all);
        Map<String, AssetStore.State> unchanged = assets.states(all.stream()
                .filter(each -> !owners.containsKey(each.sagaId()))
                .map(each -> each.asset().assetId())
                .toList());
        return all.stream().map(each -> outcome(each, owners, unchanged)).toList();
    }

    private static Outcome outcome(
            AssetStore.Of<AssetMarkPublished> of,
            Map<String, Optional<String>> owners,
            Map<String, AssetStore.State> unchanged) {
        String assetId = of.asset().assetId();
        Optional<String> owner = owners.get(of.sagaId());
        if (owner != null) {
            return Outcome.success(new AssetReply(assetId, owner.orElse(null)));
        }
        AssetStore.State state = unchanged.get(assetId);
        return state == null
                ? Outcome.refused("ASSET_UNKNOWN", "There is no asset %s".formatted(assetId))
                : unchanged(assetId, state, of.sagaId());
    }

    private static Outcome unchanged(String assetId, AssetStore.State state, String sagaId) {
        if (!state.sagaId().equals(sagaId)) {
            return Outcome.refused(
                    "ASSET_OF_ANOTHER_SAGA", "The asset %s belongs to saga %s".formatted(assetId, state.sagaId()));
        }
        return switch (state.status()) {
            case PUBLISHED -> Outcome.success(new AssetReply(assetId, state.ownerId()));
            case FAILED -> Outcome.refused("ASSET_FAILED", "The asset %s has failed and stays so".formatted(assetId));
            // Another transaction made it pending between two statements: it can only be an insertion.
            case PENDING -> Outcome.failed("ASSET_BUSY", "The asset %s is just being registered".formatted(assetId));
        };
    }

    private static AssetMarkPublished checked(AssetMarkPublished asset) {
        String assetId = Text.id("asset_id", asset.assetId());
        if (asset.publicPath() == null) {
            throw new InvalidPayloadException("public_path is missing; it is the address of the published asset");
        }
        return new AssetMarkPublished(
                assetId,
                path("public_path", asset.publicPath()),
                path("watch_path", asset.watchPath()),
                path("poster_path", asset.posterPath()),
                Text.tidy(asset.profile(), MAX_PROFILE),
                Text.tidy(asset.note(), MAX_NOTE),
                asset.durationMs(),
                asset.width(),
                asset.height(),
                asset.outputBytes());
    }

    /** Paths of this platform only: they are shown as links. */
    private static @Nullable String path(String field, @Nullable String path) {
        if (path == null) {
            return null;
        }
        if (!path.startsWith("/") || path.startsWith("//") || path.length() > MAX_PATH || !Text.isPrintable(path)) {
            throw new InvalidPayloadException("%s must be a path that begins with one / and has at most %d characters"
                    .formatted(field, MAX_PATH));
        }
        return path;
    }
}

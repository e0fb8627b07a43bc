package io.mediasaga.media;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Registers an asset. The id belongs to the saga that came first. */
@Component
@Handles(
        topic = "commands.asset.create",
        type = "AssetCreate",
        success = @Reply(topic = "events.asset.created", type = "AssetCreated"),
        failure = @Reply(topic = "events.asset.failed", type = "AssetCreateFailed"))
class CreateAsset implements BatchCommandHandler<AssetCreate> {

    private final AssetStore assets;

    CreateAsset(AssetStore assets) {
        this.assets = assets;
    }

    @Override
    public List<Outcome> handle(List<Command<AssetCreate>> commands) {
        List<Optional<Outcome>> broken = FailedItemException.forEach(commands, CreateAsset::broken);
        List<AssetStore.Of<AssetCreate>> sound = IntStream.range(0, commands.size())
                .filter(i -> broken.get(i).isEmpty())
                .mapToObj(i -> new AssetStore.Of<>(
                        commands.get(i).sagaId(), commands.get(i).payload()))
                .toList();
        Set<String> created = sound.isEmpty() ? Set.of() : assets.create(sound);
        Map<String, AssetStore.State> taken = assets.states(sound.stream()
                .filter(each -> !created.contains(each.sagaId()))
                .map(each -> each.asset().assetId())
                .toList());
        return IntStream.range(0, commands.size())
                .mapToObj(i -> broken.get(i).orElseGet(() -> outcome(commands.get(i), created, taken)))
                .toList();
    }

    private static Optional<Outcome> broken(Command<AssetCreate> command) {
        AssetCreate asset = command.payload();
        Text.id("asset_id", asset.assetId());
        if (asset.ownerId() != null) {
            Text.id("owner_id", asset.ownerId());
        }
        return AssetRules.broken(asset);
    }

    private static Outcome outcome(
            Command<AssetCreate> command, Set<String> created, Map<String, AssetStore.State> taken) {
        AssetCreate asset = command.payload();
        AssetStore.State before = taken.get(asset.assetId());
        boolean ours = created.contains(command.sagaId())
                || (before != null
                        && before.sagaId().equals(command.sagaId())
                        && before.status() == AssetStatus.PENDING);
        return ours
                ? Outcome.success(new AssetReply(asset.assetId(), asset.ownerId()))
                : Outcome.refused(
                        "ASSET_EXISTS",
                        "There is an asset %s already; choose another id or leave it out".formatted(asset.assetId()));
    }
}

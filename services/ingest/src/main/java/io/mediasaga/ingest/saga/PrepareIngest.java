package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.ingest.upload.RecentUploads;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Prepares the uploads of assets' files. */
@Component
@Handles(
        topic = "commands.ingest.prepare",
        type = "IngestPrepare",
        success = @Reply(topic = "events.ingest.ready", type = "IngestReady"),
        failure = @Reply(topic = "events.ingest.failed", type = "IngestPrepareFailed"))
class PrepareIngest implements BatchCommandHandler<IngestPrepare> {

    private final Uploads uploads;
    private final RecentUploads recent;
    private final Declarations declarations;
    private final IngestProperties properties;

    PrepareIngest(Uploads uploads, RecentUploads recent, IngestProperties properties) {
        this.uploads = uploads;
        this.recent = recent;
        this.declarations = new Declarations(properties);
        this.properties = properties;
    }

    /** Payload of {@code IngestReady}. */
    record Ready(String assetId, String uploadId, Instant uploadExpiresAt) {}

    @Override
    public List<Outcome> handle(List<Command<IngestPrepare>> commands) {
        List<Declarations.Checked> checked =
                commands.stream().map(each -> declarations.check(each.payload())).toList();
        var declared = new ArrayList<Uploads.Declared>();
        for (int i = 0; i < commands.size(); i++) {
            if (checked.get(i) instanceof Declarations.Right right) {
                declared.add(declared(commands.get(i), right));
            }
        }
        Map<String, Upload> byAsset = uploads(declared);
        return IntStream.range(0, commands.size())
                .mapToObj(i -> outcome(commands.get(i), checked.get(i), byAsset))
                .toList();
    }

    /** The assets' uploads: these, or those that were there before. */
    private Map<String, Upload> uploads(List<Uploads.Declared> declared) {
        var byAsset = new HashMap<String, Upload>();
        if (declared.isEmpty()) {
            return byAsset;
        }
        List<Upload> added = uploads.add(declared);
        added.forEach(each -> byAsset.put(each.assetId(), each));
        if (added.size() < declared.size()) {
            List<String> others = declared.stream().map(Uploads.Declared::assetId).filter(id -> !byAsset.containsKey(id)).toList();
            uploads.findByAssets(others).forEach(each -> byAsset.put(each.assetId(), each));
        }
        recent.preparedInThisTransaction(added);
        return byAsset;
    }

    private Uploads.Declared declared(Command<IngestPrepare> command, Declarations.Right right) {
        return new Uploads.Declared(
                UUID.randomUUID().toString(),
                right.assetId(),
                command.sagaId(),
                right.ownerId(),
                right.fileName(),
                right.contentType(),
                right.size(),
                right.sha256(),
                command.requestId(),
                command.traceparent(),
                properties.expiresAfter());
    }

    private static Outcome outcome(
            Command<IngestPrepare> command, Declarations.Checked checked, Map<String, Upload> byAsset) {
        return switch (checked) {
            case Declarations.Wrong wrong -> Outcome.refused(wrong.code(), wrong.reason());
            case Declarations.Right right -> {
                Upload upload = byAsset.get(right.assetId());
                yield upload != null && upload.sagaId().equals(command.sagaId())
                        ? Outcome.success(new Ready(upload.assetId(), upload.id(), upload.expiresAt()))
                        : Outcome.refused(
                                "ASSET_HAS_UPLOAD",
                                "Asset '%s' has an upload of another saga already. Choose another asset_id."
                                        .formatted(right.assetId()));
            }
        };
    }
}

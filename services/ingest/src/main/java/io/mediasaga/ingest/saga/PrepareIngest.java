package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Prepares the upload of an asset's file. */
@Component
@Handles(
        topic = "commands.ingest.prepare",
        type = "IngestPrepare",
        success = @Reply(topic = "events.ingest.ready", type = "IngestReady"),
        failure = @Reply(topic = "events.ingest.failed", type = "IngestPrepareFailed"))
class PrepareIngest implements CommandHandler<IngestPrepare> {

    private final Uploads uploads;
    private final Declarations declarations;
    private final IngestProperties properties;

    PrepareIngest(Uploads uploads, IngestProperties properties) {
        this.uploads = uploads;
        this.declarations = new Declarations(properties);
        this.properties = properties;
    }

    /** Payload of {@code IngestReady}. */
    record Ready(String assetId, String uploadId, Instant uploadExpiresAt) {}

    @Override
    public Outcome handle(Command<IngestPrepare> command) {
        Declarations.Checked checked = declarations.check(command.payload());
        return switch (checked) {
            case Declarations.Wrong wrong -> Outcome.refused(wrong.code(), wrong.reason());
            case Declarations.Right right -> prepare(command, right);
        };
    }

    private Outcome prepare(Command<IngestPrepare> command, Declarations.Right right) {
        Optional<Upload> added = uploads.add(new Uploads.Declared(
                UUID.randomUUID().toString(),
                right.assetId(),
                command.sagaId(),
                right.ownerId(),
                right.fileName(),
                right.contentType(),
                right.size(),
                right.sha256(),
                command.requestId(),
                properties.expiresAfter()));
        Optional<Upload> ours = added.or(() ->
                uploads.findByAsset(right.assetId()).filter(before -> before.sagaId().equals(command.sagaId())));
        return ours.<Outcome>map(upload ->
                        Outcome.success(new Ready(upload.assetId(), upload.id(), upload.expiresAt())))
                .orElseGet(() -> Outcome.refused(
                        "ASSET_HAS_UPLOAD",
                        "Asset '%s' has an upload of another saga already. Choose another asset_id."
                                .formatted(right.assetId())));
    }
}

package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.upload.UploadFiles;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Undoes the preparation: the upload takes no more bytes, and its files go. */
@Component
@Handles(
        topic = "commands.ingest.cleanup",
        type = "IngestCleanup",
        success = @Reply(topic = "events.ingest.cleaned", type = "IngestCleaned"),
        failure = @Reply(topic = "events.ingest.failed", type = "IngestCleanupFailed"),
        compensates = "PREPARE_INGEST")
class CleanupIngest implements LongCommandHandler<IngestCleanup> {

    /** If this run dies, the janitor takes over after so long. */
    private static final Duration JANITOR = Duration.ofMinutes(1);

    private final Uploads uploads;
    private final MediaStore store;

    CleanupIngest(Uploads uploads, MediaStore store) {
        this.uploads = uploads;
        this.store = store;
    }

    /** Payload of {@code IngestCleaned}. */
    record Cleaned(String assetId) {}

    @Override
    public Outcome run(Command<IngestCleanup> command, Work work) throws Exception {
        List<String> ended = uploads.clean(List.of(command.sagaId()), JANITOR);
        try {
            for (String id : ended) {
                UploadFiles.delete(store, id);
            }
        } catch (StoreUnavailableException e) {
            throw new AwayException(e.getMessage(), e);
        }
        String assetId = command.payload().assetId();
        return Outcome.success(new Cleaned(assetId == null ? "" : assetId)).inTransaction(() -> uploads.filesGone(ended));
    }
}

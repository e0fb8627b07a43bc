package io.mediasaga.publish;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Takes back what the saga has published. Nothing to take back is fine too. */
@Component
@Handles(
        topic = "commands.publish.cleanup",
        type = "PublishCleanup",
        success = @Handles.Reply(topic = "events.publish.cleaned", type = "PublishCleaned"),
        failure = @Handles.Reply(topic = "events.publish.failed", type = "PublishCleanupFailed"),
        compensates = "PUBLISH")
class PublishCleanupHandler implements LongCommandHandler<PublishCleanup> {

    private final MediaStore store;
    private final Publications publications;
    private final PublishProperties properties;

    PublishCleanupHandler(MediaStore store, Publications publications, PublishProperties properties) {
        this.store = store;
        this.publications = publications;
        this.properties = properties;
    }

    @Override
    public Outcome run(Command<PublishCleanup> command, Work work) throws IOException, AwayException {
        // Unreachable first, at once: nobody is to see files go one by one.
        publications.withdraw(command.sagaId());
        try {
            for (MediaKey folder : Addresses.folders(command.sagaId())) {
                store.deleteAll(folder);
            }
        } catch (StoreUnavailableException e) {
            throw new AwayException(e.getMessage(), e);
        }
        return Outcome.success()
                .inTransaction(() -> publications.leftover(command.sagaId(), properties.cleanupAgain()));
    }
}

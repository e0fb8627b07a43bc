package io.mediasaga.processing;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Deletes what processing has made for the saga. Nothing to delete is fine too. */
@Component
@Handles(
        topic = "commands.processing.cleanup",
        type = "ProcessingCleanup",
        success = @Handles.Reply(topic = "events.processing.cleaned", type = "ProcessingCleaned"),
        failure = @Handles.Reply(topic = "events.processing.failed", type = "ProcessingCleanupFailed"),
        compensates = "PROCESS_MEDIA")
class ProcessingCleanupHandler implements LongCommandHandler<ProcessingCleanup> {

    private final MediaStore store;
    private final Jobs jobs;

    ProcessingCleanupHandler(MediaStore store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    @Override
    public Outcome run(Command<ProcessingCleanup> command, Work work) throws IOException, AwayException {
        try {
            store.deleteAll(MediaJob.folderOf(command.sagaId()));
        } catch (StoreUnavailableException e) {
            throw new AwayException(e.getMessage(), e);
        }
        return Outcome.success().inTransaction(() -> jobs.cancelled(command.sagaId()));
    }
}

package io.mediasaga.publish;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.ObjectNotFoundException;
import io.mediasaga.storage.StorageFullException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts the result where it stays, then makes it reachable together with the reply: nobody ever sees half of it. */
@Component
@Handles(
        topic = "commands.publish.finalize",
        type = "PublishFinalize",
        success = @Handles.Reply(topic = "events.publish.succeeded", type = "PublishSucceeded"),
        failure = @Handles.Reply(topic = "events.publish.failed", type = "PublishFailed"))
class PublishFinalizeHandler implements LongCommandHandler<PublishFinalize> {

    private static final Logger LOG = LoggerFactory.getLogger(PublishFinalizeHandler.class);

    private final MediaStore store;
    private final TreeCopy copy;
    private final Publications publications;
    private final Addresses addresses;
    private final PublishProperties properties;

    PublishFinalizeHandler(
            MediaStore store, TreeCopy copy, Publications publications, Addresses addresses, PublishProperties properties) {
        this.store = store;
        this.copy = copy;
        this.publications = publications;
        this.addresses = addresses;
        this.properties = properties;
    }

    /** The payload of the successful reply. */
    record Published(String publicPath, String watchPath, @Nullable String posterPath) {}

    @Override
    public Outcome run(Command<PublishFinalize> command, Work work) throws Exception {
        MediaKey target = Addresses.newFolder(command.sagaId(), work.epoch());
        boolean kept = false;
        try {
            Outcome outcome = publish(command, target, work);
            kept = outcome instanceof Outcome.Success;
            return outcome;
        } catch (ObjectNotFoundException e) {
            return missing();
        } catch (StorageFullException e) {
            return Outcome.failed("STORAGE_FULL", e.getMessage());
        } finally {
            if (!kept) {
                deleteQuietly(target);
            }
        }
    }

    private Outcome publish(Command<PublishFinalize> command, MediaKey target, Work work) throws Exception {
        PublishFinalize payload = command.payload();
        String asset = payload.asset();
        String entry = payload.entryFile();
        String poster = payload.posterFile();
        Optional<Publication> present = publications.find(Addresses.slug(asset));
        if (present.isPresent() && !present.get().sagaId().equals(command.sagaId())) {
            return Outcome.refused("ALREADY_PUBLISHED", "The asset is already published by another saga: publish under an asset id"
                    + " of its own.");
        }
        copy.copy(payload.output(), target, work);
        if (!store.exists(target.resolve(entry)) || poster != null && !store.exists(target.resolve(poster))) {
            return missing();
        }
        Publication publication =
                new Publication(asset, command.sagaId(), target, entry, poster, payload.shownTitle(), Instant.EPOCH);
        return Outcome.success(new Published(
                        addresses.file(asset, entry), addresses.watch(asset), addresses.optionalFile(asset, poster)))
                .inTransaction(() -> {
                    publications.publish(publication);
                    if (work.epoch() > 1) {
                        // An earlier run may have left something, or may still be writing without knowing that it is over.
                        publications.leftover(command.sagaId(), properties.cleanupAgain());
                    }
                });
    }

    private static Outcome missing() {
        return Outcome.refused("OUTPUT_MISSING", "What was to be published is not there (any more): the file has to be processed"
                + " again.");
    }

    private void deleteQuietly(MediaKey folder) {
        try {
            store.deleteAll(folder);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted now; the clean-up at the end of the saga will", folder, e);
        }
    }
}

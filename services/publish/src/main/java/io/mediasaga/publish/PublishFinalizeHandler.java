package io.mediasaga.publish;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.ObjectNotFoundException;
import io.mediasaga.storage.StorageFullException;
import io.mediasaga.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final Consumer<List<Publication>> publisher;

    PublishFinalizeHandler(
            MediaStore store, TreeCopy copy, Publications publications, Addresses addresses, PublishProperties properties) {
        this.store = store;
        this.copy = copy;
        this.publications = publications;
        this.addresses = addresses;
        this.properties = properties;
        this.publisher = publications::publish;
    }

    /**
     * A single file only gets a second name. Its folder is the same whenever this happens, so what happens twice leaves nothing
     * beside it; whether the address is free is seen when it is published.
     */
    @Override
    public @Nullable Outcome atOnce(Command<PublishFinalize> command) throws IOException {
        PublishFinalize payload = command.payload();
        if (!store.copiesByName() || payload.posterFile() != null || !store.exists(payload.output())) {
            return null;
        }
        MediaKey target = Addresses.folderAtOnce(command.sagaId());
        store.copy(payload.output(), target.resolve(payload.entryFile()));
        return published(command).inTransaction(publisher, publication(command, target));
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
        } catch (StoreUnavailableException e) {
            throw new AwayException(e.getMessage(), e);
        } finally {
            if (!kept) {
                deleteQuietly(target);
            }
        }
    }

    private Outcome publish(Command<PublishFinalize> command, MediaKey target, Work work) throws Exception {
        PublishFinalize payload = command.payload();
        String entry = payload.entryFile();
        String poster = payload.posterFile();
        Optional<Publication> present = publications.find(Addresses.slug(payload.asset()));
        if (present.isPresent() && !present.get().sagaId().equals(command.sagaId())) {
            return Outcome.refused("ALREADY_PUBLISHED", "The asset is already published by another saga: publish under an asset id"
                    + " of its own.");
        }
        boolean single = store.exists(payload.output());
        if (single) {
            store.copy(payload.output(), target.resolve(entry));
        } else {
            copy.copy(payload.output(), target, work);
        }
        if (!store.exists(target.resolve(entry)) || poster != null && !store.exists(target.resolve(poster))) {
            return missing();
        }
        return published(command).inTransaction(() -> {
            publications.publish(List.of(publication(command, target)));
            if (work.epoch() > 1 || single) {
                // An earlier run may have left something, or may still be writing without knowing that it is over.
                publications.leftover(command.sagaId(), properties.cleanupAgain());
            }
        });
    }

    private Outcome.Success published(Command<PublishFinalize> command) {
        PublishFinalize payload = command.payload();
        String asset = payload.asset();
        return Outcome.success(new Published(
                addresses.file(asset, payload.entryFile()),
                addresses.watch(asset),
                addresses.optionalFile(asset, payload.posterFile())));
    }

    private static Publication publication(Command<PublishFinalize> command, MediaKey folder) {
        PublishFinalize payload = command.payload();
        return new Publication(
                payload.asset(),
                command.sagaId(),
                folder,
                payload.entryFile(),
                payload.posterFile(),
                payload.shownTitle(),
                Instant.EPOCH);
    }

    private static Outcome missing() {
        return Outcome.refused("OUTPUT_MISSING", "What was to be published is not there (any more): the file has to be processed"
                + " again.");
    }

    private void deleteQuietly(MediaKey folder) {
        try {
            store.deleteAll(folder);
        } catch (StoreUnavailableException e) {
            LOG.debug("{} cannot be deleted now; the clean-up at the end of the saga will", folder, e);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted now; the clean-up at the end of the saga will", folder, e);
        }
    }
}

package io.mediasaga.processing;

import io.mediasaga.processing.Reporter.Stage;
import io.mediasaga.processing.ffmpeg.Folders;
import io.mediasaga.processing.ffmpeg.HlsEncoder;
import io.mediasaga.processing.ffmpeg.MediaInfo;
import io.mediasaga.processing.ffmpeg.MediaRefusedException;
import io.mediasaga.processing.ffmpeg.PosterMaker;
import io.mediasaga.processing.ffmpeg.Rendition;
import io.mediasaga.processing.ffmpeg.Stop;
import io.mediasaga.processing.ffmpeg.StoppedException;
import io.mediasaga.processing.ffmpeg.WorkRoom;
import io.mediasaga.storage.LocalFile;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.ObjectNotFoundException;
import io.mediasaga.storage.StoreUnavailableException;
import io.mediasaga.storage.StoredObject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes of an uploaded file what is published, and leaves nothing behind when it fails. */
@Component
class MediaProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(MediaProcessor.class);
    private static final int CONVERTING_FROM = 5;
    private static final int CONVERTING_TO = 95;
    private static final Duration STORE_AWAY = Duration.ofSeconds(3);

    private final MediaStore store;
    private final WorkFolders folders;
    private final Plan plan;
    private final HlsEncoder encoder;
    private final PosterMaker posters;
    private final Slots slots;

    MediaProcessor(
            MediaStore store, WorkFolders folders, Plan plan, HlsEncoder encoder, PosterMaker posters, Slots slots) {
        this.store = store;
        this.folders = folders;
        this.plan = plan;
        this.encoder = encoder;
        this.posters = posters;
        this.slots = slots;
    }

    /**
     * Processes the file.
     *
     * @throws MediaRefusedException when the file is not fit for it
     * @throws StoppedException when told to stop
     * @throws IOException when the store or FFmpeg fails; another attempt may succeed
     */
    ProcessingResult process(MediaJob job, Stop stop, Reporter reporter)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        boolean done = false;
        try {
            ProcessingResult result = job.profile() == Profile.PASSTHROUGH
                    ? asItIs(job, Plan.ASKED_FOR)
                    : lookAndProcess(job, stop, reporter);
            if (stop.stopped()) {
                throw new StoppedException("Stopped before the result was handed over");
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                deleteQuietly(job.target());
            }
        }
    }

    private ProcessingResult lookAndProcess(MediaJob job, Stop stop, Reporter reporter)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        reporter.report(Stage.PROBING, 0);
        Path folder = folders.create();
        try (LocalFile source = store.local(job.source(), folder)) {
            // FFmpeg knows the file by this name only.
            Files.createSymbolicLink(folder.resolve("source"), source.path());
            return switch (plan.decide(job, folder, stop)) {
                case Plan.Convert(MediaInfo info) -> convert(job, folder, info, stop, reporter);
                case Plan.KeepPicture keep -> keepPicture(job, folder, keep.info(), stop);
                case Plan.Keep(String note) -> asItIs(job, note);
            };
        } catch (FileSystemException e) {
            throw WorkRoom.explain(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private ProcessingResult convert(MediaJob job, Path folder, MediaInfo info, Stop stop, Reporter reporter)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        HlsEncoder.Hls hls;
        Optional<String> poster;
        try (Slots.Slot _ = slots.take(stop)) {
            reporter.report(Stage.CONVERTING, CONVERTING_FROM);
            hls = encoder.encode(folder, info, stop, done -> reporter.report(
                    Stage.CONVERTING, CONVERTING_FROM + (int) (done * (CONVERTING_TO - CONVERTING_FROM))));
            poster = posters.media(folder, info, hls.folder(), stop);
        }
        reporter.report(Stage.STORING, CONVERTING_TO);
        long bytes = stored(hls.folder(), job.target(), stop);
        List<Rendition> renditions = hls.renditions();
        Rendition largest = renditions.isEmpty() ? null : renditions.getFirst();
        return new ProcessingResult(
                job.target().uri(),
                hls.entry(),
                poster.orElse(null),
                Profile.HLS.text(),
                null,
                hls.duration().toMillis(),
                largest == null ? null : largest.width(),
                largest == null ? null : largest.height(),
                renditions.stream().map(Rendition::name).toList(),
                bytes);
    }

    /** What took long to make is not thrown away because the store is away at its end. */
    private long stored(Path folder, MediaKey target, Stop stop) throws IOException, InterruptedException, StoppedException {
        while (true) {
            try {
                return store.copyIn(folder, target).stream().mapToLong(StoredObject::size).sum();
            } catch (StoreUnavailableException e) {
                LOG.warn("A result has to wait: {}", e.getMessage());
                stop.pause(STORE_AWAY);
            }
        }
    }

    private ProcessingResult keepPicture(MediaJob job, Path folder, MediaInfo.@Nullable Video picture, Stop stop)
            throws IOException, InterruptedException, StoppedException {
        Path output = Files.createDirectory(folder.resolve("out"));
        Optional<String> poster = picture == null ? Optional.empty() : posters.image(folder, output, stop);
        StoredObject kept = store.copy(job.source(), job.target().resolve(FileKind.safeName(job.fileName())));
        long bytes = kept.size();
        if (poster.isPresent()) {
            MediaKey key = job.target().resolve(poster.get());
            bytes += store.write(key, output.resolve(poster.get())).size();
        }
        return new ProcessingResult(
                job.target().uri(),
                kept.key().name(),
                poster.orElse(null),
                Profile.PASSTHROUGH.text(),
                Plan.PICTURE,
                null,
                picture == null ? null : picture.width(),
                picture == null ? null : picture.height(),
                List.of(),
                bytes);
    }

    /**
     * The result for a file that is published as it is. Nothing is copied: objects of the store never change, and this one is kept
     * until the saga has ended.
     *
     * @throws MediaRefusedException when the file is empty
     */
    ProcessingResult asItIs(MediaJob job, String note) throws IOException, MediaRefusedException {
        StoredObject source = store.find(job.source()).orElseThrow(() -> new ObjectNotFoundException(job.source()));
        if (source.size() == 0) {
            throw Plan.empty();
        }
        return new ProcessingResult(
                source.key().uri(),
                FileKind.safeName(job.fileName()),
                null,
                Profile.PASSTHROUGH.text(),
                note,
                null,
                null,
                null,
                List.of(),
                source.size());
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

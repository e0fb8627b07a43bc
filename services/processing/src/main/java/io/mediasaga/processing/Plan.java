package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.MediaInfo;
import io.mediasaga.processing.ffmpeg.MediaRefusedException;
import io.mediasaga.processing.ffmpeg.MediaRefusedException.Code;
import io.mediasaga.processing.ffmpeg.Prober;
import io.mediasaga.processing.ffmpeg.Sniff;
import io.mediasaga.processing.ffmpeg.Stop;
import io.mediasaga.processing.ffmpeg.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides what to do with a file, by what it is rather than by what it is called. */
@Component
class Plan {

    static final String ASKED_FOR = "Published as uploaded, because the passthrough profile was asked for.";
    static final String PICTURE = "Published as uploaded: pictures are not converted.";
    private static final String NO_MEDIA = "Published as uploaded: it is neither video nor sound, so there is nothing to convert.";

    /** Below this FFmpeg only guesses what a file is. */
    private static final int SURE = 26;

    private final Prober prober;

    Plan(Prober prober) {
        this.prober = prober;
    }

    /** What to do. */
    sealed interface Decision {}

    /** Make HLS of it. */
    record Convert(MediaInfo info) implements Decision {}

    /** Keep the picture as it is; {@code null} when it could not be read. */
    record KeepPicture(MediaInfo.@Nullable Video info) implements Decision {}

    /** Keep it as it is. */
    record Keep(String note) implements Decision {}

    /**
     * Looks at the file {@code source} in the folder.
     *
     * @throws MediaRefusedException when nothing can be done with it
     */
    Decision decide(MediaJob job, Path folder, Stop stop)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        boolean wanted = job.profile() == Profile.HLS;
        return switch (Sniff.of(folder.resolve("source"))) {
            case EMPTY -> throw empty();
            case PLAYLIST -> throw refused(Code.NOT_MEDIA, "The file is a playlist, which only points at other files: upload the"
                    + " video or sound itself, or ask for the passthrough profile.");
            case IMAGE -> {
                if (wanted) {
                    throw refused(Code.NOT_MEDIA, "The file is a picture, and only video or sound can become HLS: use the profile"
                            + " auto or passthrough.");
                }
                yield new KeepPicture(picture(folder, stop));
            }
            case MEDIA -> media(folder, stop, true);
            case OTHER -> {
                boolean declared = FileKind.declaredMedia(job);
                if (!declared && !wanted) {
                    yield new Keep(NO_MEDIA);
                }
                yield media(folder, stop, declared);
            }
        };
    }

    static MediaRefusedException empty() {
        return refused(Code.EMPTY_FILE, "The file is empty: there is nothing to publish.");
    }

    private Decision media(Path folder, Stop stop, boolean shouldBe)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        MediaInfo info;
        try {
            info = prober.media(folder, stop);
        } catch (MediaRefusedException e) {
            throw shouldBe || e.code() != Code.CORRUPT_MEDIA ? e : notMedia();
        }
        if (info.video() == null && info.audio() == null) {
            throw notMedia();
        }
        if (info.confidence() < SURE && Sniff.of(folder.resolve("source")) != Sniff.MEDIA) {
            throw shouldBe
                    ? refused(Code.CORRUPT_MEDIA, "The file should be video or sound by its type or name, but what is in it is not.")
                    : notMedia();
        }
        return new Convert(info);
    }

    private MediaInfo.@Nullable Video picture(Path folder, Stop stop)
            throws IOException, InterruptedException, StoppedException {
        try {
            return prober.image(folder, stop).video();
        } catch (MediaRefusedException e) {
            return null; // nothing is lost: the file is published as it is
        }
    }

    private static MediaRefusedException notMedia() {
        return refused(Code.NOT_MEDIA, "There is no video and no sound in the file, so it cannot become HLS: use the profile auto or"
                + " passthrough to publish it as it is.");
    }

    private static MediaRefusedException refused(Code code, String reason) {
        return new MediaRefusedException(code, reason);
    }
}

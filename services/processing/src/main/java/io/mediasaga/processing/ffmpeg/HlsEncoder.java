package io.mediasaga.processing.ffmpeg;

import io.mediasaga.processing.ffmpeg.MediaRefusedException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** Turns the file {@code source} of a working folder into HLS in its folder {@code out}. Thread-safe. */
public final class HlsEncoder {

    /** A file may be this much shorter than it says before it counts as cut off. */
    private static final double ENOUGH = 0.9;

    private final FFmpeg ffmpeg;
    private final MediaLimits limits;
    private final String encoder;

    /** @param encoder FFmpeg's H.264 encoder, {@code libopenh264} with the bundled FFmpeg */
    public HlsEncoder(FFmpeg ffmpeg, MediaLimits limits, String encoder) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
        this.encoder = encoder;
    }

    /**
     * What was made.
     *
     * @param folder with everything in it
     * @param entry the playlist to begin with, in the folder
     * @param renditions largest first; none for sound alone
     * @param duration playing time of the result
     */
    public record Hls(Path folder, String entry, List<Rendition> renditions, Duration duration) {}

    /**
     * Encodes.
     *
     * @param info what {@link Prober#media} said; with video or audio
     * @param progress gets how much is done, from 0 to 1
     * @throws MediaRefusedException when the file cannot be decoded, or takes more than the limits allow
     * @throws StoppedException when told to stop; FFmpeg is gone then
     */
    public Hls encode(Path folder, MediaInfo info, Stop stop, DoubleConsumer progress)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        MediaInfo.Video video = info.video();
        List<Rendition> renditions = video == null ? List.of() : Rendition.ladder(video);
        WorkRoom.require(folder);
        Path output = folder.resolve(HlsArguments.OUTPUT);
        for (String name : names(renditions, info)) {
            Files.createDirectories(output.resolve(name));
        }
        Child.Result result = Child.run(
                ffmpeg.ffmpeg(HlsArguments.of(info, renditions, limits, encoder), folder, limits),
                limits.time(),
                stop,
                new ProgressLines(info.duration(), progress),
                () -> isOverLimit(output));
        if (result.end() == Child.End.EXITED) {
            WorkRoom.require(folder);
        }
        check(result);
        Duration duration = checkOutput(output, info, renditions, result);
        double framesPerSecond = video == null ? 0 : HlsArguments.framesPerSecond(video);
        MasterPlaylist.write(output, renditions, framesPerSecond, info.audio() != null);
        return new Hls(output, MasterPlaylist.NAME, renditions, duration);
    }

    private void check(Child.Result result) throws IOException, MediaRefusedException, StoppedException {
        switch (result.end()) {
            case STOPPED -> throw new StoppedException("Stopped while the file was converted");
            case OUT_OF_TIME -> throw limit("Converting the file took longer than the allowed " + limits.time().toSeconds() + " s.");
            case OVER_LIMIT -> throw limit("The converted file would be larger than the allowed " + limits.outputBytes() + " bytes.");
            case EXITED -> {
                FFmpeg.checkStarted(result);
                if (result.exitCode() == 137 || result.exitCode() == 143) {
                    throw new IOException("FFmpeg was killed from outside; most often the machine has too little memory");
                }
                if (result.exitCode() == 152 || result.exitCode() == 153) {
                    throw limit("Converting the file took more time or room than is allowed.");
                }
                if (FFmpeg.outOfMemory(result)) {
                    throw limit("Converting the file took more memory than is allowed.");
                }
                if (result.exitCode() != 0) {
                    throw corrupt("The file is damaged and cannot be decoded", result);
                }
            }
        }
    }

    private Duration checkOutput(Path output, MediaInfo info, List<Rendition> renditions, Child.Result result)
            throws IOException, MediaRefusedException {
        Duration longest = Duration.ZERO;
        int segments = -1;
        for (String name : names(renditions, info)) {
            if (!Files.isRegularFile(output.resolve(name).resolve(MediaPlaylist.NAME))) {
                throw corrupt("The file is damaged: nothing in it could be decoded", result);
            }
            MediaPlaylist playlist = MediaPlaylist.read(output.resolve(name));
            if (playlist.segments().isEmpty() || !playlist.complete()) {
                throw corrupt("The file is damaged: nothing in it could be decoded", result);
            }
            if (!name.equals(MasterPlaylist.AUDIO)) {
                if (segments >= 0 && segments != playlist.segments().size()) {
                    throw new IOException("FFmpeg cut the renditions into different segments");
                }
                segments = playlist.segments().size();
            }
            longest = longest.compareTo(playlist.duration()) < 0 ? playlist.duration() : longest;
        }
        Duration stated = info.duration();
        if (stated != null && info.durationIsExact() && longest.toMillis() + 1000 < stated.toMillis() * ENOUGH) {
            throw corrupt(String.format(Locale.ROOT, "The file is cut off or damaged: %.1f of its %.1f seconds could be decoded",
                    longest.toMillis() / 1000.0, stated.toMillis() / 1000.0), result);
        }
        return longest;
    }

    private boolean isOverLimit(Path output) {
        try {
            return Folders.size(output) > limits.outputBytes();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> names(List<Rendition> renditions, MediaInfo info) {
        List<String> names = new ArrayList<>(renditions.stream().map(Rendition::name).toList());
        if (info.audio() != null) {
            names.add(MasterPlaylist.AUDIO);
        }
        return names;
    }

    private static MediaRefusedException limit(String reason) {
        return new MediaRefusedException(Code.PROCESSING_LIMIT, reason);
    }

    private static MediaRefusedException corrupt(String sentence, Child.Result result) {
        return new MediaRefusedException(Code.CORRUPT_MEDIA, Complaint.sentence(sentence, result.errors()));
    }
}

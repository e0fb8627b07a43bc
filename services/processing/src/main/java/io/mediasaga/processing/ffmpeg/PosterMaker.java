package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a JPEG that stands for the file {@code source} of a working folder. Thread-safe. */
public final class PosterMaker {

    private static final Logger LOG = LoggerFactory.getLogger(PosterMaker.class);
    private static final String FIT = "scale=w='min(1280,iw*sar)':h='min(1280,ih)':force_original_aspect_ratio=decrease"
            + ":force_divisible_by=2:reset_sar=1,";
    private static final String JPEG = "setsar=1,format=yuvj420p";
    private static final Duration TIME = Duration.ofMinutes(2);

    private final FFmpeg ffmpeg;
    private final MediaLimits limits;

    public PosterMaker(FFmpeg ffmpeg, MediaLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
    }

    /**
     * A telling frame of the video, the cover of a sound file, or the shape of its sound, as {@code poster.jpg}.
     *
     * @return its name in the output folder; empty when none could be made, which is no reason to fail
     */
    public Optional<String> media(Path folder, MediaInfo info, Path output, Stop stop)
            throws IOException, InterruptedException, StoppedException {
        List<String> input = Input.media(limits);
        List<String> choice;
        if (info.video() != null) {
            Footage footage = info.video().footage();
            double length = info.duration() == null ? 0 : info.duration().toMillis() / 1000.0;
            if (length > 1) {
                input.addAll(0, List.of("-ss", String.format(Locale.ROOT, "%.3f", Math.min(length / 5, 20))));
            }
            choice = List.of("-map", "0:" + info.video().index(), "-vf", footage.wholeFrames() + "thumbnail=24," + FIT + footage.standardRange() + JPEG);
        } else if (info.coverIndex() >= 0) {
            choice = List.of("-map", "0:" + info.coverIndex(), "-vf", FIT + JPEG);
        } else {
            input.addAll(0, List.of("-t", "600"));
            choice = List.of("-filter_complex", "color=c=0x0f172a:s=1280x720[bg];[0:" + (info.audio() == null ? 0 : info.audio().index())
                    + "]aformat=channel_layouts=mono,showwavespic=s=1200x400:scale=sqrt:colors=0x60a5fa[w];[bg][w]overlay=40:160,format=yuvj420p");
        }
        return make(folder, input, choice, output, stop);
    }

    /** The picture itself, not larger than needed. */
    public Optional<String> image(Path folder, Path output, Stop stop)
            throws IOException, InterruptedException, StoppedException {
        return make(folder, Input.image(limits), List.of("-vf", FIT + JPEG), output, stop);
    }

    private Optional<String> make(Path folder, List<String> input, List<String> choice, Path output, Stop stop)
            throws IOException, InterruptedException, StoppedException {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y", "-v", "error"));
        arguments.addAll(input);
        arguments.addAll(choice);
        String name = "poster.jpg";
        arguments.addAll(List.of("-frames:v", "1", "-update", "1", "-map_metadata", "-1", "-c:v", "mjpeg", "-q:v", "4"));
        arguments.addAll(List.of("-threads", "1", "-f", "image2", "file:poster.tmp"));
        Child.Result result =
                Child.run(ffmpeg.ffmpeg(arguments, folder, limits), TIME, stop, line -> {}, () -> false);
        if (result.end() == Child.End.STOPPED) {
            throw new StoppedException("Stopped while the poster was made");
        }
        Path made = folder.resolve("poster.tmp");
        if (!result.succeeded() || !Files.isRegularFile(made) || Files.size(made) == 0) {
            WorkRoom.require(folder);
            LOG.info("No poster could be made: {}", Complaint.of(result.errors()));
            return Optional.empty();
        }
        Files.move(made, output.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(name);
    }
}

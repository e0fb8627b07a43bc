package io.mediasaga.processing.ffmpeg;

import io.mediasaga.processing.ffmpeg.MediaRefusedException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Finds out what is in the file {@code source} of a working folder. Thread-safe. */
public final class Prober {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) // ffprobe leaves out what it does not know
            .build();
    private static final int LONGEST_REPORT = 1 << 20;

    private final FFmpeg ffmpeg;
    private final MediaLimits limits;

    public Prober(FFmpeg ffmpeg, MediaLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
    }

    /**
     * What video and sound the file has; neither when it is no media that can be read.
     *
     * @throws MediaRefusedException when FFmpeg cannot read it (CORRUPT_MEDIA), or it is beyond the limits (MEDIA_TOO_LARGE)
     */
    public MediaInfo media(Path folder, Stop stop)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        MediaInfo info = probe(folder, Input.media(limits), stop);
        if (info.streams() > limits.streams()) {
            throw tooLarge("The file has more than " + limits.streams() + " streams");
        }
        Duration duration = info.duration();
        if (duration != null && duration.compareTo(limits.duration()) > 0) {
            throw tooLarge("The file says it plays for " + duration.toSeconds() + " s; " + limits.duration().toSeconds()
                    + " s are allowed");
        }
        MediaInfo.Video video = info.video();
        if (video != null && (video.storedPixels() > limits.pixels() || (long) video.width() * video.height() > limits.pixels())) {
            throw tooLarge(String.format(Locale.ROOT, "The picture has %d × %d pixels; %d in all are allowed", video.width(),
                    video.height(), limits.pixels()));
        }
        return info;
    }

    /** What picture the file is. */
    public MediaInfo image(Path folder, Stop stop)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        return probe(folder, Input.image(limits), stop);
    }

    private MediaInfo probe(Path folder, List<String> input, Stop stop)
            throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-v", "error"));
        arguments.addAll(List.of("-print_format", "json", "-show_entries", ProbeReport.ENTRIES));
        arguments.addAll(input);
        StringBuilder report = new StringBuilder();
        Child.Result result = Child.run(
                ffmpeg.ffprobe(arguments, folder, limits),
                limits.probeTime(),
                stop,
                report::append,
                () -> report.length() > LONGEST_REPORT);
        return switch (result.end()) {
            case STOPPED -> throw new StoppedException("Stopped while the file was looked at");
            case OUT_OF_TIME, OVER_LIMIT -> throw corrupt("What is in the file could not be found out within the limits", "");
            case EXITED -> {
                FFmpeg.checkStarted(result);
                if (result.errors().contains("exceeds specified max pixel count")) {
                    throw tooLarge("The picture has more than the " + limits.pixels() + " pixels that are allowed");
                }
                if (FFmpeg.outOfMemory(result)) {
                    throw new MediaRefusedException(Code.PROCESSING_LIMIT, "Looking at the file took more memory than is allowed.");
                }
                if (result.exitCode() != 0) {
                    throw corrupt("The file cannot be read as video or sound", result.errors());
                }
                yield read(report.toString());
            }
        };
    }

    private static MediaInfo read(String report) throws IOException {
        try {
            return JSON.readValue(report, ProbeReport.class).info();
        } catch (JacksonException e) {
            throw new IOException("ffprobe's report cannot be read", e);
        }
    }

    private static MediaRefusedException corrupt(String sentence, String errors) {
        return new MediaRefusedException(Code.CORRUPT_MEDIA, Complaint.sentence(sentence, errors));
    }

    private static MediaRefusedException tooLarge(String sentence) {
        return new MediaRefusedException(Code.MEDIA_TOO_LARGE, sentence + ".");
    }
}

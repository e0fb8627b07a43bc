package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.FFmpeg;
import io.mediasaga.processing.ffmpeg.MediaLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the processing service.
 *
 * @param workFolder where files lie while they are worked on; a local disk with room for a few of them
 * @param conversions how many files are converted at the same time
 * @param ffmpeg which FFmpeg
 * @param limits what one file may cost
 * @param cleanup how temporary files are deleted
 */
@ConfigurationProperties("mediasaga.processing")
record ProcessingProperties(
        @DefaultValue("data/processing") Path workFolder,
        @DefaultValue("1") int conversions,
        @DefaultValue FFmpegSettings ffmpeg,
        @DefaultValue Limits limits,
        @DefaultValue Cleanup cleanup) {

    ProcessingProperties {
        if (conversions < 1) {
            throw new IllegalArgumentException("mediasaga.processing.conversions is " + conversions + "; it has to be at least 1");
        }
    }

    /**
     * Which FFmpeg.
     *
     * @param path the {@code ffmpeg} executable, with {@code ffprobe} beside it; absent for the bundled one
     * @param cacheFolder where the bundled one is unpacked; absent for {@code mediasaga} in the user's cache folder
     * @param encoder its H.264 encoder: {@code libopenh264}, or {@code libx264} where an installed FFmpeg has that
     */
    record FFmpegSettings(@Nullable Path path, @Nullable Path cacheFolder, @DefaultValue("libopenh264") String encoder) {
        Path cache() {
            return cacheFolder == null ? FFmpeg.defaultCache() : cacheFolder;
        }
    }

    /** See {@link MediaLimits}. */
    record Limits(
            @DefaultValue("12h") Duration duration,
            @DefaultValue("35651584") long pixels,
            @DefaultValue("64") int streams,
            @DefaultValue("4h") Duration time,
            @DefaultValue("60s") Duration probeTime,
            @DefaultValue("200GB") DataSize output,
            @DefaultValue("4GB") DataSize memory,
            @DefaultValue("2") int threads) {

        MediaLimits toMediaLimits() {
            return new MediaLimits(duration, pixels, streams, time, probeTime, output.toBytes(), memory.toBytes(), threads);
        }
    }

    /**
     * How temporary files are deleted.
     *
     * @param interval how often it is looked for some
     * @param again when to look a second time, for what a worker that had lost its lease may still have written
     * @param keepProgress how long the progress of ended work is kept
     */
    record Cleanup(
            @DefaultValue("2s") Duration interval,
            @DefaultValue("15m") Duration again,
            @DefaultValue("30d") Duration keepProgress) {}
}

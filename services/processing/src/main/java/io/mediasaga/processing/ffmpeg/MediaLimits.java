package io.mediasaga.processing.ffmpeg;

import java.time.Duration;

/**
 * What a file may cost.
 *
 * @param duration longest playing time
 * @param pixels most pixels of a frame, width times height
 * @param streams most streams of a file
 * @param time longest time that FFmpeg may take for a file
 * @param probeTime longest time to find out what is in a file
 * @param outputBytes most bytes that FFmpeg may write for a file
 * @param memoryBytes most memory of an FFmpeg process
 * @param threads threads of each decoder, filter and encoder
 */
public record MediaLimits(
        Duration duration,
        long pixels,
        int streams,
        Duration time,
        Duration probeTime,
        long outputBytes,
        long memoryBytes,
        int threads) {

    /** Twelve hours of 8K, four hours of work, 200 GB, 4 GiB, two threads. */
    public static final MediaLimits DEFAULT = new MediaLimits(
            Duration.ofHours(12), 8192L * 4352, 64, Duration.ofHours(4), Duration.ofSeconds(60), 200_000_000_000L, 4L << 30, 2);
}

package io.mediasaga.processing.ffmpeg;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file.
 *
 * @param format FFmpeg's names of the container
 * @param confidence how sure FFmpeg is of the format, 0 to 100
 * @param duration playing time as the file states it, {@code null} where it does not
 * @param video the picture to show, {@code null} when there is none
 * @param audio the sound to play, {@code null} when there is none
 * @param coverIndex index of the stream with a cover picture, or -1
 * @param streams number of streams
 */
public record MediaInfo(
        String format,
        int confidence,
        @Nullable Duration duration,
        @Nullable Video video,
        @Nullable Audio audio,
        int coverIndex,
        int streams) {

    /**
     * A moving picture.
     *
     * @param index of its stream
     * @param width as shown: after rotation, with square pixels
     * @param height as shown
     * @param storedPixels width times height as stored
     * @param framesPerSecond on average, 0 where unknown
     * @param footage how its frames are meant
     */
    public record Video(int index, String codec, int width, int height, long storedPixels, double framesPerSecond, Footage footage) {}

    /** Sound. */
    public record Audio(int index, String codec, int channels) {}

    /** Whether the stated duration comes from an index of the file, so that missing content can be told by it. */
    boolean durationIsExact() {
        return duration != null && (format.contains("mov") || format.contains("matroska") || format.contains("avi"));
    }
}

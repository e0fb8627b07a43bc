package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.ClipMaker;
import io.mediasaga.processing.ffmpeg.FFmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Makes a video with sound to try the platform with. */
public final class SampleClip {

    private SampleClip() {}

    /**
     * Writes a clip of that length as MP4 (H.264, AAC, 1280 × 720) with the bundled FFmpeg. Takes about as long as it plays.
     *
     * @param target the file to write, in a folder that exists; replaced when it is there
     * @param length 1 s to 10 min
     * @return the target
     * @throws IOException when FFmpeg cannot be run or the file cannot be written
     */
    public static Path create(Path target, Duration length) throws IOException {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("A sample clip plays for 1 s to 10 min, not for " + length);
        }
        return new ClipMaker(FFmpeg.bundled(FFmpeg.defaultCache())).create(target, length);
    }
}

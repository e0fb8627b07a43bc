package io.mediasaga.processing.ffmpeg;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the lines of FFmpeg's {@code -progress}. Without a known duration nothing is told before the end. */
final class ProgressLines implements Consumer<String> {

    private static final String TIME = "out_time_us=";

    private final @Nullable Duration duration;
    private final DoubleConsumer progress;

    ProgressLines(@Nullable Duration duration, DoubleConsumer progress) {
        this.duration = duration;
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        if (line.equals("progress=end")) {
            progress.accept(1);
        } else if (duration != null && line.startsWith(TIME)) {
            try {
                double micros = Long.parseLong(line.substring(TIME.length()).strip());
                progress.accept(Math.clamp(micros / (duration.toMillis() * 1000.0), 0, 1));
            } catch (NumberFormatException e) {
                // FFmpeg writes N/A until the first frame.
            }
        }
    }
}

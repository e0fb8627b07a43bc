package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.Stop;
import io.mediasaga.processing.ffmpeg.StoppedException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Bounds how many files are converted at the same time. Files that need no FFmpeg do not wait here. */
@Component
class Slots {

    private static final long LOOK_MILLIS = 200;

    private final Semaphore free;

    Slots(ProcessingProperties properties) {
        this.free = new Semaphore(properties.conversions(), true);
    }

    /** The right to convert one file. */
    @FunctionalInterface
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a slot. */
    Slot take(Stop stop) throws InterruptedException, StoppedException {
        while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stop.stopped()) {
                throw new StoppedException("Stopped while waiting for other files to be converted");
            }
        }
        return free::release;
    }
}

package io.mediasaga.processing.ffmpeg;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells long work to stop. Safe for use from several threads. */
public interface Stop {

    /** Never stops. */
    Stop NEVER = new Stop() {
        @Override
        public boolean stopped() {
            return false;
        }

        @Override
        public void onStop(Runnable action) {}
    };

    /** Whether the work should stop. */
    boolean stopped();

    /** Runs the action when the work should stop, at once if it already should. */
    void onStop(Runnable action);

    /**
     * Waits that long.
     *
     * @throws StoppedException at once when the work should stop
     */
    default void pause(Duration time) throws InterruptedException, StoppedException {
        CountDownLatch told = new CountDownLatch(1);
        onStop(told::countDown);
        if (told.await(time.toMillis(), TimeUnit.MILLISECONDS) || stopped()) {
            throw new StoppedException("Stopped while it waited");
        }
    }
}

package io.mediasaga.messaging.work;

import io.mediasaga.messaging.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work in the hands of this process. */
final class LeasedWork implements Work {

    private static final Logger log = LoggerFactory.getLogger(LeasedWork.class);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final long epoch;
    private final Progress progress;
    private final List<Runnable> onStop = new ArrayList<>();
    private boolean stopped;
    private long progressAt = System.nanoTime() - PROGRESS_INTERVAL.toNanos();

    /** Sends a progress event. */
    @FunctionalInterface
    interface Progress {
        void send(String topic, String type, Object payload);
    }

    LeasedWork(long epoch, Progress progress) {
        this.epoch = epoch;
        this.progress = progress;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public synchronized boolean stopped() {
        return stopped;
    }

    @Override
    public void onStop(Runnable action) {
        synchronized (this) {
            if (!stopped) {
                onStop.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void progress(String topic, String type, Object payload) {
        synchronized (this) {
            if (stopped || System.nanoTime() - progressAt < PROGRESS_INTERVAL.toNanos()) {
                return;
            }
            progressAt = System.nanoTime();
        }
        try {
            progress.send(topic, type, payload);
        } catch (RuntimeException e) {
            log.debug("Progress was not sent", e);
        }
    }

    void stop() {
        List<Runnable> actions;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            actions = List.copyOf(onStop);
        }
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                log.warn("Work could not be stopped cleanly", e);
            }
        }
    }
}

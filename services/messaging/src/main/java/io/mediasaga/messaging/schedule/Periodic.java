package io.mediasaga.messaging.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs a task again and again on a thread of its own, from the start of the service to its stop, which interrupts it. */
public abstract class Periodic implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    private final String name;
    private final Duration firstAfter;
    private final Duration interval;
    private ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(0);
    private volatile boolean running;

    /**
     * @param name the thread's
     * @param firstAfter from the start to the first run
     * @param interval from the end of a run to the beginning of the next
     */
    protected Periodic(String name, Duration firstAfter, Duration interval) {
        this.name = name;
        this.firstAfter = firstAfter;
        this.interval = interval;
    }

    /** Does it once. What it throws is logged and ends this run only. */
    protected abstract void run();

    /** An executor would drop a task that has thrown, without a word. */
    private void runLogged() {
        try {
            run();
        } catch (RuntimeException e) {
            log.warn("{} failed and is tried again in {} ms", name, interval.toMillis(), e);
        }
    }

    @Override
    public final void start() {
        running = true;
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
        scheduler.scheduleWithFixedDelay(
                this::runLogged, firstAfter.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public final void stop() {
        running = false;
        scheduler.shutdownNow();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}

package io.mediasaga.ingest.janitor;

import io.mediasaga.ingest.IngestProperties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the janitor while the service runs. */
@Component
class JanitorSchedule implements SmartLifecycle {

    private static final int STOP_WITHIN_SECONDS = 10;

    private final Janitor janitor;
    private final long everyMillis;
    private @Nullable ScheduledExecutorService scheduler;

    JanitorSchedule(Janitor janitor, IngestProperties properties) {
        this.janitor = janitor;
        this.everyMillis = properties.janitor().toMillis();
    }

    @Override
    public synchronized void start() {
        scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("ingest-janitor").daemon(true).factory());
        scheduler.scheduleWithFixedDelay(janitor::tidy, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.shutdown();
            try {
                if (!scheduler.awaitTermination(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    scheduler.shutdownNow();
                }
            } catch (InterruptedException e) {
                scheduler.shutdownNow();
                Thread.currentThread().interrupt();
            }
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}

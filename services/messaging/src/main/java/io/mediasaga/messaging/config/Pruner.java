package io.mediasaga.messaging.config;

import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.inbox.InboxStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Forgets, in small portions, what has outlived its retention. */
final class Pruner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private final InboxStore inbox;
    private final EffectStore effects;
    private final Duration retention;
    private final Duration interval;
    private ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(0);
    private volatile boolean running;

    Pruner(InboxStore inbox, EffectStore effects, Duration retention, Duration interval) {
        this.inbox = inbox;
        this.effects = effects;
        this.retention = retention;
        this.interval = interval;
    }

    @Override
    public void start() {
        running = true;
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("pruner").daemon(true).factory());
        scheduler.scheduleWithFixedDelay(
                this::prune, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        scheduler.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void prune() {
        try {
            int rows = portions(() -> inbox.prune(retention)) + portions(() -> effects.prune(retention));
            log.debug("Forgot {} rows of inbox and effects", rows);
        } catch (RuntimeException e) {
            log.debug("Pruning is left for later", e);
        }
    }

    private int portions(IntSupplier portion) {
        int all = 0;
        int rows = 1;
        while (rows > 0 && running) {
            rows = portion.getAsInt();
            all += rows;
        }
        return all;
    }
}

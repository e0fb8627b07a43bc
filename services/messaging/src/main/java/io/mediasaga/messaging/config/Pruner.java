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
    private static final int MAX_PORTIONS = 100;

    private final InboxStore inbox;
    private final EffectStore effects;
    private final Duration retention;
    private ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(0);
    private volatile boolean running;

    Pruner(InboxStore inbox, EffectStore effects, Duration retention) {
        this.inbox = inbox;
        this.effects = effects;
        this.retention = retention;
    }

    @Override
    public void start() {
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("pruner").daemon(true).factory());
        scheduler.scheduleWithFixedDelay(this::prune, 1, 10, TimeUnit.MINUTES);
        running = true;
    }

    @Override
    public void stop() {
        scheduler.shutdownNow();
        running = false;
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

    private static int portions(IntSupplier portion) {
        int all = 0;
        for (int i = 0; i < MAX_PORTIONS; i++) {
            int rows = portion.getAsInt();
            all += rows;
            if (rows == 0) {
                break;
            }
        }
        return all;
    }
}

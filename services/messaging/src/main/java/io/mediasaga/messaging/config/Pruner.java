package io.mediasaga.messaging.config;

import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.schedule.Periodic;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, in small portions, what has outlived its retention. */
final class Pruner extends Periodic {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private final InboxStore inbox;
    private final EffectStore effects;
    private final Duration retention;

    Pruner(InboxStore inbox, EffectStore effects, Duration retention, Duration interval) {
        super("pruner", interval, interval);
        this.inbox = inbox;
        this.effects = effects;
        this.retention = retention;
    }

    @Override
    protected void run() {
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
        while (rows > 0 && isRunning()) {
            rows = portion.getAsInt();
            all += rows;
        }
        return all;
    }
}

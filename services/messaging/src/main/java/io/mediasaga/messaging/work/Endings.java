package io.mediasaga.messaging.work;

import io.mediasaga.messaging.Batcher;
import io.mediasaga.messaging.consumer.Correlation;
import io.mediasaga.messaging.consumer.Writes;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.work.WorkLeases.Claim;
import io.mediasaga.messaging.work.WorkLeases.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.transaction.support.TransactionOperations;

/** Ends work: what ends at the same time shares a transaction. Thread-safe. */
final class Endings {

    private static final int MAX_TOGETHER = 100;

    private final WorkLeases leases;
    private final EffectStore effects;
    private final Batcher<Ending, Boolean> batcher;

    /** Writes and sends what comes of the work, and answers its effect. */
    private record Ending(Claim claim, BiFunction<Finished, Writes, Effect> action) {}

    Endings(WorkLeases leases, EffectStore effects, TransactionOperations transactions) {
        this.leases = leases;
        this.effects = effects;
        this.batcher = new Batcher<>(MAX_TOGETHER, transactions, this::end);
    }

    /** Ends the work and does the action in one transaction, if the lease is still held; answers whether it was. */
    boolean end(Claim claim, BiFunction<Finished, Writes, Effect> action) {
        return batcher.submit(new Ending(claim, action));
    }

    private List<Boolean> end(List<Ending> endings) {
        effects.lock(endings.stream().map(e -> e.claim().key().step()).toList());
        var finished = leases.finish(endings.stream().map(e -> e.claim().key()).toList());
        var outcomes = new ArrayList<Effect>();
        var writes = new Writes();
        var results = new ArrayList<Boolean>();
        for (Ending ending : endings) {
            Finished work = finished.get(ending.claim().key());
            results.add(work != null);
            if (work != null) {
                var delivery = ending.claim().delivery();
                try (var _ = Correlation.of(delivery)) {
                    outcomes.add(ending.action().apply(work, writes));
                }
            }
        }
        writes.run();
        if (!outcomes.isEmpty()) {
            effects.store(outcomes);
        }
        return results;
    }
}

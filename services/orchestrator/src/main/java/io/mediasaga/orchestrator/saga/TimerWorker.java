package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.mediasaga.orchestrator.engine.Trigger;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Fires timers. Any number of replicas share the work. */
@Component
class TimerWorker implements SmartLifecycle {

    private static final int PHASE = 100;

    private final SagaStore store;
    private final Sagas sagas;
    private final TransactionOperations transactions;
    private final OrchestratorProperties.Timers settings;
    private final Loop loop;
    private volatile boolean running;

    TimerWorker(
            SagaStore store, Sagas sagas, TransactionOperations transactions, OrchestratorProperties properties) {
        this.store = store;
        this.sagas = sagas;
        this.transactions = transactions;
        this.settings = properties.timers();
        this.loop = new Loop("timers", settings.poll(), this::fire);
    }

    /** Fires one batch; answers whether there may be more. */
    private boolean fire() {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            List<String> due = store.claimDue(settings.batch());
            if (!due.isEmpty()) {
                sagas.apply(due.stream().map(id -> new Sagas.Input(id, new Trigger.Timer())).toList());
            }
            return due.size() == settings.batch();
        }));
    }

    @Override
    public void start() {
        loop.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

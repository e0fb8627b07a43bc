package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.mediasaga.orchestrator.engine.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Fires timers. Any number of replicas share the work. */
@Component
class TimerWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TimerWorker.class);
    private static final Duration POSTPONEMENT = Duration.ofMinutes(1);
    private static final int PHASE = 100;

    private final SagaStore store;
    private final TimerStore timers;
    private final Sagas sagas;
    private final TransactionOperations transactions;
    private final OrchestratorProperties.Timers settings;
    private final Loop loop;
    private volatile boolean running;

    TimerWorker(
            SagaStore store,
            TimerStore timers,
            Sagas sagas,
            TransactionOperations transactions,
            OrchestratorProperties properties) {
        this.store = store;
        this.timers = timers;
        this.sagas = sagas;
        this.transactions = transactions;
        this.settings = properties.timers();
        this.loop = new Loop("timers", settings.poll(), this::fire);
    }

    /** Fires one batch; answers whether there may be more. */
    private boolean fire() {
        List<String> due = new ArrayList<>();
        try {
            transactions.executeWithoutResult(status -> {
                due.addAll(store.claimDue(settings.batch()));
                apply(due);
            });
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            due.forEach(this::fireAlone);
        }
        return due.size() == settings.batch();
    }

    /** One saga that cannot be moved must not keep the others from moving. */
    private void fireAlone(String id) {
        try {
            transactions.executeWithoutResult(status -> apply(List.of(id)));
        } catch (RuntimeException e) {
            log.error("The timer of saga {} cannot be fired; it is tried again in {}", id, POSTPONEMENT, e);
            timers.postpone(id, POSTPONEMENT);
        }
    }

    private void apply(List<String> due) {
        if (!due.isEmpty()) {
            sagas.apply(due.stream().map(id -> new Sagas.Input(id, new Trigger.Timer())).toList());
        }
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

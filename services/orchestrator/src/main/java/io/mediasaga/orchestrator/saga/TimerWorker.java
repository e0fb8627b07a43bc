package io.mediasaga.orchestrator.saga;

import io.mediasaga.messaging.Backlog;
import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.mediasaga.orchestrator.engine.Standstill;
import io.mediasaga.orchestrator.engine.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Fires timers, once every reply that was there in time has been heard. Any number of replicas share the work. */
@Component
class TimerWorker implements Looping {

    private static final Logger log = LoggerFactory.getLogger(TimerWorker.class);
    private static final Duration POSTPONEMENT = Duration.ofMinutes(1);

    private final SagaStore store;
    private final TimerStore timers;
    private final FlowStore flow;
    private final Clearance clearance;
    private final Backlog backlog;
    private final Sagas sagas;
    private final TransactionOperations transactions;
    private final OrchestratorProperties.Timers settings;
    private final Loop loop;
    private boolean more;

    TimerWorker(
            SagaStore store,
            TimerStore timers,
            FlowStore flow,
            Clearance clearance,
            Backlog backlog,
            Sagas sagas,
            TransactionOperations transactions,
            OrchestratorProperties properties) {
        this.store = store;
        this.timers = timers;
        this.flow = flow;
        this.clearance = clearance;
        this.backlog = backlog;
        this.sagas = sagas;
        this.transactions = transactions;
        this.settings = properties.timers();
        this.loop = new Loop("timers", settings.poll(), this::fire);
    }

    /** Fires one batch; answers whether there may be more. */
    private boolean fire() {
        Instant heardUntil = clearance.heardUntil(more);
        more = false;
        if (heardUntil == null) {
            return false;
        }
        List<Standstill> standstills = flow.standstills();
        List<String> due = new ArrayList<>();
        try {
            transactions.executeWithoutResult(status -> {
                due.addAll(store.claimDue(settings.batch(), heardUntil));
                apply(due, heardUntil, standstills);
            });
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            due.forEach(id -> fireAlone(id, heardUntil, standstills));
        }
        more = due.size() == settings.batch();
        return more;
    }

    /** One saga that cannot be moved must not keep the others from moving. */
    private void fireAlone(String id, Instant heardUntil, List<Standstill> standstills) {
        try {
            transactions.executeWithoutResult(status -> apply(List.of(id), heardUntil, standstills));
        } catch (RuntimeException e) {
            log.error("The timer of saga {} cannot be fired; it is tried again in {}", id, POSTPONEMENT, e);
            timers.postpone(id, POSTPONEMENT);
        }
    }

    private void apply(List<String> due, Instant heardUntil, List<Standstill> standstills) {
        if (due.isEmpty()) {
            return;
        }
        Set<String> unsent = backlog.unsent(due);
        sagas.apply(due.stream()
                .map(id -> new Sagas.Input(id, new Trigger.Timer(heardUntil, standstills, unsent.contains(id))))
                .toList());
    }

    @Override
    public Loop loop() {
        return loop;
    }
}

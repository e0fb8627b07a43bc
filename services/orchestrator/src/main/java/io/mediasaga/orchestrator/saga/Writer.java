package io.mediasaga.orchestrator.saga;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.orchestrator.engine.Outgoing;
import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes what has been decided: state, timer, history and messages, in the current transaction. */
@Component
class Writer {

    private final SagaStore sagas;
    private final HistoryStore history;
    private final TimerStore timers;
    private final Outbox outbox;
    private final AfterCommit afterCommit;
    private final SagaTraces traces;
    private final Clock clock;

    Writer(
            SagaStore sagas,
            HistoryStore history,
            TimerStore timers,
            Outbox outbox,
            AfterCommit afterCommit,
            SagaTraces traces,
            Clock clock) {
        this.sagas = sagas;
        this.history = history;
        this.timers = timers;
        this.outbox = outbox;
        this.afterCommit = afterCommit;
        this.traces = traces;
        this.clock = clock;
    }

    /** Writes the changes; answers the sagas that somebody else has changed meanwhile, of which nothing was written. */
    Set<String> write(List<Change> changes) {
        List<Change> writes = changes.stream().filter(Change::writes).toList();
        Set<String> written = writes.isEmpty() ? Set.of() : sagas.update(writes);
        history.insert(changes.stream().filter(c -> !c.writes()).toList());
        follow(changes.stream().filter(c -> !c.writes() || written.contains(c.id())).toList());
        return writes.stream().map(Change::id).filter(id -> !written.contains(id)).collect(Collectors.toSet());
    }

    /** Inserts new sagas; answers those whose ids were free. */
    Set<String> insert(List<Change> changes) {
        Set<String> inserted = sagas.insert(changes);
        List<Change> mine = changes.stream().filter(c -> inserted.contains(c.id())).toList();
        history.insert(mine);
        follow(mine);
        return inserted;
    }

    private void follow(List<Change> written) {
        timers.apply(written);
        for (Change change : written) {
            for (Outgoing message : change.messages()) {
                outbox.send(message(change, message));
            }
        }
        afterCommit.tell(written);
    }

    private OutgoingMessage message(Change change, Outgoing message) {
        SagaState saga = change.after();
        var envelope = new Envelope(
                Envelope.newId(), saga.id(), message.type(), message.step(), clock.instant(), message.payload(),
                message.attempt(), 1, message.compensates());
        return new OutgoingMessage(message.topic(), saga.id(), envelope, saga.requestId(), traces.place(change, message));
    }
}

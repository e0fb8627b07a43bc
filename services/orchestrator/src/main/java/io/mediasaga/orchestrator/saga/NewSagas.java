package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.engine.SagaEngine;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Begins sagas, many with few statements. Works in the caller's transaction. Safe for use from several threads. */
@Component
public class NewSagas {

    private final SagaEngine engine = new SagaEngine();
    private final SagaStore store;
    private final Writer writer;

    NewSagas(SagaStore store, Writer writer) {
        this.store = store;
        this.writer = writer;
    }

    /** A saga that is to begin. */
    public record NewSaga(
            PinnedDefinition definition,
            String id,
            ObjectNode data,
            @Nullable String requestId,
            @Nullable String traceparent) {}

    /**
     * Begins the sagas, whose ids are distinct, unless their ids are taken.
     *
     * @return the sagas that have begun, by id
     */
    public Map<String, SagaState> begin(List<NewSaga> sagas) {
        Instant now = store.now();
        List<Change> changes = new ArrayList<>(sagas.size());
        for (NewSaga saga : sagas) {
            var start = new Trigger.Start(saga.id(), saga.data(), saga.requestId(), saga.traceparent());
            var decision = engine.start(saga.definition().definition(), start, now);
            var nothingBefore = new SagaRow(decision.state(), 0, saga.definition().key(), null);
            changes.add(new Change(
                    saga.definition(), nothingBefore, decision.state(), decision.messages(), decision.history(),
                    decision.due()));
        }
        Set<String> begun = writer.insert(changes);
        Map<String, SagaState> states = new HashMap<>();
        changes.stream().filter(c -> begun.contains(c.id())).forEach(c -> states.put(c.id(), c.after()));
        return states;
    }
}

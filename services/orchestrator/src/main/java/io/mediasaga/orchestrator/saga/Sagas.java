package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.mediasaga.orchestrator.engine.Outgoing;
import io.mediasaga.orchestrator.engine.SagaEngine;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Moves sagas: loads all that are concerned with one statement, decides in memory, and writes with one statement those that
 * nobody else has changed meanwhile; the others are loaded and decided again. Works in the caller's transaction, which has
 * to be read committed. Safe for use from several threads.
 */
@Component
public class Sagas {

    private static final int MOST_ROUNDS = 10;

    private final SagaEngine engine = new SagaEngine();
    private final SagaStore store;
    private final Writer writer;
    private final DefinitionCatalog catalog;

    Sagas(SagaStore store, Writer writer, DefinitionCatalog catalog) {
        this.store = store;
        this.writer = writer;
        this.catalog = catalog;
    }

    /** A trigger and the saga that it is for. */
    public record Input(String sagaId, Trigger trigger) {}

    /**
     * Applies the triggers, those of one saga in their order.
     *
     * @return what came of each, in the order of the inputs
     * @throws OptimisticLockingFailureException when others keep changing a saga; the transaction can be tried again
     */
    public List<Result> apply(List<Input> inputs) {
        @Nullable Result[] results = new Result[inputs.size()];
        Map<String, List<Integer>> pending = new LinkedHashMap<>();
        for (int i = 0; i < results.length; i++) {
            pending.computeIfAbsent(inputs.get(i).sagaId(), id -> new ArrayList<>(1)).add(i);
        }
        for (int round = 0; round < MOST_ROUNDS && !pending.isEmpty(); round++) {
            var loaded = store.load(pending.keySet());
            List<Change> changes = new ArrayList<>(pending.size());
            pending.forEach((id, mine) -> {
                SagaRow row = loaded.rows().get(id);
                if (row == null) {
                    mine.forEach(i -> results[i] = new Result.Unknown());
                } else {
                    changes.add(decide(row, inputs, mine, Objects.requireNonNull(loaded.now()), results));
                }
            });
            Set<String> lost = writer.write(changes);
            pending.keySet().retainAll(lost);
        }
        if (!pending.isEmpty()) {
            throw new OptimisticLockingFailureException(
                    "Sagas " + pending.keySet() + " were changed by others " + MOST_ROUNDS + " times in a row");
        }
        return List.of(results);
    }

    private Change decide(
            SagaRow row, List<Input> inputs, List<Integer> mine, Instant now, @Nullable Result[] results) {
        PinnedDefinition definition = catalog.pinned(row.definition());
        SagaState state = row.state();
        List<Outgoing> messages = new ArrayList<>(1);
        List<HistoryEntry> history = new ArrayList<>(2);
        Instant wakeAt = row.wakeAt();
        for (int i : mine) {
            Trigger trigger = inputs.get(i).trigger();
            Decision decision = engine.decide(definition.definition(), state, trigger, now);
            results[i] = new Result.Decided(state, decision);
            switch (decision) {
                case Decision.Changed changed -> {
                    state = changed.state();
                    messages.addAll(changed.messages());
                    history.addAll(changed.history());
                    wakeAt = wakeAt(wakeAt, changed.due(), state, trigger);
                }
                case Decision.Unchanged unchanged -> {
                    history.addAll(unchanged.history());
                    wakeAt = wakeAt(wakeAt, unchanged.due(), state, trigger);
                }
                case Decision.Refused _ -> {}
            }
        }
        return new Change(definition, row, state, messages, history, wakeAt);
    }

    /** A timer is moved only when it has fired, has to fire earlier, or is over. */
    private static @Nullable Instant wakeAt(
            @Nullable Instant wakeAt, @Nullable Instant due, SagaState state, Trigger trigger) {
        if (trigger instanceof Trigger.Timer || state.status().ended()) {
            return due;
        }
        return due != null && (wakeAt == null || due.isBefore(wakeAt)) ? due : wakeAt;
    }
}

package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.mediasaga.orchestrator.engine.Outgoing;
import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one saga.
 *
 * @param before what it was decided upon
 * @param after its new state, the very same object when that does not change
 * @param wakeAt when its timer has to fire
 */
record Change(
        PinnedDefinition definition,
        SagaRow before,
        SagaState after,
        List<Outgoing> messages,
        List<HistoryEntry> history,
        @Nullable Instant wakeAt) {

    /** Whether there is anything to write but history. */
    boolean writes() {
        return after != before.state() || timerMoves();
    }

    boolean timerMoves() {
        return !Objects.equals(wakeAt, before.wakeAt());
    }

    String id() {
        return after.id();
    }
}

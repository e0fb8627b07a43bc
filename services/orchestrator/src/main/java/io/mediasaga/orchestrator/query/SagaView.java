package io.mediasaga.orchestrator.query;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.engine.Activity;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A saga as the API shows it.
 *
 * @param state RUNNING, COMPENSATING, COMPLETED, COMPENSATED or HELD
 * @param current what it is at, {@code null} once ended
 * @param reason why it was turned back
 * @param heldReason why it waits for a person
 * @param heldCause what kind of reason that is: a section of {@code docs/runbook.md}
 */
public record SagaView(
        String sagaId,
        String namespace,
        String definition,
        int definitionVersion,
        String state,
        boolean paused,
        @Nullable Current current,
        @Nullable String reason,
        @Nullable String heldReason,
        @Nullable String heldCause,
        @Nullable String failedStep,
        ObjectNode data,
        List<Step> steps,
        Instant startedAt,
        Instant deadline,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable String requestId) {

    /**
     * What the saga is at.
     *
     * @param compensation name of the compensation, when the step is being undone
     * @param phase IN_FLIGHT, BACKOFF or EXHAUSTED
     */
    public record Current(
            String step,
            String participant,
            @Nullable String compensation,
            int attempt,
            String phase,
            Instant since,
            @Nullable Instant due) {}

    /** A step and what is known of it. */
    public record Step(String name, String participant, String progress, boolean mayHaveHappened, boolean undone) {}

    static SagaView of(PinnedDefinition pinned, SagaState state, Instant updatedAt) {
        var key = pinned.key();
        List<ResolvedStep> definitions = pinned.definition().steps();
        List<Step> steps = new ArrayList<>(definitions.size());
        for (int i = 0; i < definitions.size(); i++) {
            StepState step = state.steps().get(i);
            steps.add(new Step(
                    definitions.get(i).name(), definitions.get(i).participant(), step.progress().name(),
                    step.happened(), step.undone()));
        }
        return new SagaView(
                state.id(), key.namespace(), key.name(), key.version(), state.status().name(), state.paused(),
                current(definitions, state.activity()), state.reason(), state.heldReason(),
                state.heldCause() == null ? null : state.heldCause().name(), state.failedStep(),
                state.data(), steps, state.startedAt(), state.deadline(), updatedAt, state.endedAt(),
                state.requestId());
    }

    private static @Nullable Current current(List<ResolvedStep> steps, @Nullable Activity at) {
        if (at == null) {
            return null;
        }
        ResolvedStep step = steps.get(at.step());
        var undo = at.compensation() ? step.compensation() : null;
        return new Current(
                step.name(), step.participant(), undo == null ? null : undo.name(), at.attempt(), at.phase().name(),
                at.since(), at.due());
    }
}

package io.mediasaga.orchestrator.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is known of one saga. Never changed: each decision makes a new one.
 *
 * @param id identity of the saga
 * @param requestId the request that began it
 * @param traceparent where in a trace it began, as in W3C Trace Context
 * @param status where it stands
 * @param data its one JSON object; not to be changed by whoever reads it
 * @param steps what is known of each step, in the definition's order
 * @param activity what it is at; {@code null} once ended
 * @param startedAt when it began
 * @param deadline when it has to be done
 * @param paused whether an operator stopped it
 * @param stoppedAt since when its clock stands still (paused or held), {@code null} while it runs
 * @param reason in plain words why it is compensated, {@code null} while it goes forward
 * @param heldReason in plain words why it waits for a person, {@code null} unless it is held
 * @param heldCause what kind of reason that is, {@code null} unless it is held
 * @param failedStep the step that made it so, upper snake case
 * @param kept replies that wait until the saga can act on them
 * @param endedAt when it ended
 */
public record SagaState(
        String id,
        @Nullable String requestId,
        @Nullable String traceparent,
        SagaStatus status,
        ObjectNode data,
        List<StepState> steps,
        @Nullable Activity activity,
        Instant startedAt,
        Instant deadline,
        boolean paused,
        @Nullable Instant stoppedAt,
        @Nullable String reason,
        @Nullable String heldReason,
        @Nullable HeldCause heldCause,
        @Nullable String failedStep,
        List<KeptReply> kept,
        @Nullable Instant endedAt) {

    public SagaState {
        steps = List.copyOf(steps);
        kept = kept == null ? List.of() : List.copyOf(kept);
    }

    /** Whether the saga goes backward, or went backward when it was held. */
    public boolean beingUndone() {
        return status == SagaStatus.COMPENSATING
                || status == SagaStatus.COMPENSATED
                || (status == SagaStatus.HELD && activity != null && activity.compensation());
    }
}

package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import org.jspecify.annotations.Nullable;

/** How a saga is undone: whatever may have happened, the last step first. */
final class Undoing {

    private Undoing() {}

    /** Turns back. What is in flight may have happened. */
    static void begin(Draft saga, String why, @Nullable String failedStep) {
        if (saga.current().inFlight()) {
            saga.attempt(Kind.ABANDONED, null);
            saga.mayHaveHappened(saga.current().step());
        }
        saga.turn(Kind.COMPENSATION_STARTED, saga.before.startedAt(), why);
        saga.forgetKept();
        saga.status = SagaStatus.COMPENSATING;
        saga.reason = why;
        saga.heldReason = null;
        saga.heldCause = null;
        saga.failedStep = failedStep;
        next(saga);
    }

    /** Undoes the last step that still needs it; ends the saga when there is none. */
    static void next(Draft saga) {
        for (int i = saga.definition.steps().size() - 1; i >= 0; i--) {
            if (!saga.stepState(i).needsUndoing()) {
                continue;
            }
            ResolvedStep step = saga.definition.steps().get(i);
            if (step.compensation() != null) {
                saga.activity = Activity.first(i, true, saga.now, step.compensation().timeout());
                Flow.sendCommand(saga);
                return;
            }
            saga.undone(i);
            saga.line(Kind.NOTHING_TO_UNDO, i, false, 0, saga.now, step.nothingToUndo());
        }
        Flow.end(saga, SagaStatus.COMPENSATED);
    }
}

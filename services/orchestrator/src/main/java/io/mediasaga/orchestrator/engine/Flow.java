package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.StepState.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How a saga goes forward, gives up, is undone and ends. */
final class Flow {

    private Flow() {}

    /** Goes on with the first step that is not passed yet; ends the saga when there is none. */
    static void proceed(Draft saga) {
        for (int i = 0; i < saga.definition.steps().size(); i++) {
            if (saga.stepState(i).passed()) {
                continue;
            }
            ResolvedStep step = saga.definition.steps().get(i);
            saga.activity = Activity.first(i, false, saga.now, step.timeout());
            KeptReply early = saga.takeKept(i, false);
            if (early == null) {
                sendCommand(saga);
                return;
            }
            if (!early.success()) {
                failed(saga, early.failure());
                return;
            }
            if (!pass(saga, early.fields())) {
                return;
            }
        }
        end(saga, SagaStatus.COMPLETED);
    }

    /** The reply counts. */
    static void answered(Draft saga, KeptReply reply) {
        if (!reply.success()) {
            failed(saga, reply.failure());
        } else if (reply.compensation()) {
            saga.attempt(Kind.SUCCEEDED, null);
            leaveHeld(saga);
            saga.undone(saga.current().step());
            undoNext(saga);
        } else if (pass(saga, reply.fields())) {
            proceed(saga);
        }
    }

    /** Takes in a step's success; false when it makes the saga turn back or hold instead of going on. */
    private static boolean pass(Draft saga, ObjectNode fields) {
        saga.attempt(Kind.SUCCEEDED, null);
        saga.progress(Progress.SUCCEEDED);
        leaveHeld(saga);
        ObjectNode merged = Data.merge(saga.data, fields);
        int limit = saga.definition.data().maxBytes();
        if (merged != saga.data && Data.bytes(merged) > limit) {
            saga.activity = saga.current().exhausted(saga.now);
            giveUp(saga, Texts.tooLarge(saga.step().name(), limit));
            return false;
        }
        saga.data = merged;
        return true;
    }

    static void failed(Draft saga, @Nullable Failure failure) {
        String why = Texts.failed(saga.activityName(), failure);
        saga.attempt(Kind.FAILED, why);
        if (failure != null && failure.definite()) {
            exhausted(saga, why);
        } else {
            againOr(saga, why);
        }
    }

    static void timedOut(Draft saga) {
        String why = Texts.timedOut(saga.activityName(), saga.timeout(), saga.current().spent());
        saga.attempt(Kind.TIMED_OUT, why);
        if (!saga.current().compensation()) {
            saga.mayHaveHappened(saga.current().step());
        }
        againOr(saga, why);
    }

    private static void againOr(Draft saga, String why) {
        int spent = saga.current().spent();
        boolean canRepeat = saga.command() != null;
        if (canRepeat && saga.retry().allowsAfter(spent)) {
            saga.activity = saga.current().backoff(saga.now, saga.retry().pauseAfter(spent));
        } else {
            exhausted(saga, why);
        }
    }

    private static void exhausted(Draft saga, String why) {
        saga.activity = saga.current().exhausted(saga.now);
        if (saga.current().compensation()) {
            hold(saga, why);
        } else {
            saga.progress(Progress.FAILED);
            giveUp(saga, why);
        }
    }

    /** There is no going on from this step: turns back where that is safe and wanted, else waits for a person. */
    private static void giveUp(Draft saga, String why) {
        boolean wanted = saga.step().onExhausted() == OnExhausted.COMPENSATE;
        if (wanted && PointOfNoReturn.canTurnBack(saga)) {
            compensate(saga, why, saga.step().wireName());
        } else {
            hold(saga, why);
        }
    }

    private static void hold(Draft saga, String why) {
        saga.turn(Kind.HELD, saga.current().since(), why);
        saga.status = SagaStatus.HELD;
        saga.heldReason = why;
        Clocks.stop(saga);
    }

    /** Back to where the saga was held; its clock goes on. */
    static void leaveHeld(Draft saga) {
        if (saga.status == SagaStatus.HELD) {
            saga.status = saga.current().compensation() ? SagaStatus.COMPENSATING : SagaStatus.RUNNING;
            saga.heldReason = null;
            Clocks.restart(saga);
        }
    }

    /** Turns back. What is in flight may have happened. */
    static void compensate(Draft saga, String why, @Nullable String failedStep) {
        if (saga.current().inFlight()) {
            saga.attempt(Kind.ABANDONED, null);
            saga.mayHaveHappened(saga.current().step());
        }
        saga.turn(Kind.COMPENSATION_STARTED, saga.before.startedAt(), why);
        saga.forgetKept();
        saga.status = SagaStatus.COMPENSATING;
        saga.reason = why;
        saga.heldReason = null;
        saga.failedStep = failedStep;
        undoNext(saga);
    }

    /** Undoes the last step that still needs it; ends the saga when there is none. */
    static void undoNext(Draft saga) {
        for (int i = saga.definition.steps().size() - 1; i >= 0; i--) {
            if (!saga.stepState(i).needsUndoing()) {
                continue;
            }
            ResolvedStep step = saga.definition.steps().get(i);
            if (step.compensation() != null) {
                saga.activity = Activity.first(i, true, saga.now, step.compensation().timeout());
                sendCommand(saga);
                return;
            }
            saga.undone(i);
            saga.line(Kind.NOTHING_TO_UNDO, i, false, 0, saga.now, step.nothingToUndo());
        }
        end(saga, SagaStatus.COMPENSATED);
    }

    /** Sends the command of the attempt the saga is at, if it has one. */
    static void sendCommand(Draft saga) {
        if (saga.command() != null) {
            saga.send(Messages.command(saga));
        }
    }

    private static void end(Draft saga, SagaStatus outcome) {
        saga.status = outcome;
        saga.activity = null;
        saga.endedAt = saga.now;
        saga.forgetKept();
        saga.turn(
                outcome == SagaStatus.COMPLETED ? Kind.SAGA_COMPLETED : Kind.SAGA_COMPENSATED,
                saga.before.startedAt(),
                saga.reason);
        saga.send(Messages.ended(saga));
    }
}

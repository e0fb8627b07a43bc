package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.StepState.Progress;
import org.jspecify.annotations.Nullable;

/** What comes of an attempt without success: another one, turning back, or waiting for a person. */
final class Setback {

    private Setback() {}

    static void failed(Draft saga, @Nullable Failure failure) {
        String why = Texts.failed(saga.activityName(), failure);
        saga.attempt(Kind.FAILED, why);
        if (failure != null && failure.definite()) {
            exhausted(saga, why, cause(saga, false));
        } else {
            againOr(saga, why, cause(saga, false));
        }
    }

    private static HeldCause cause(Draft saga, boolean silent) {
        if (saga.current().compensation()) {
            return silent ? HeldCause.COMPENSATION_TIMED_OUT : HeldCause.COMPENSATION_FAILED;
        }
        if (PointOfNoReturn.isUncertain(saga)) {
            return HeldCause.PIVOT_UNKNOWN;
        }
        return silent ? HeldCause.STEP_TIMED_OUT : HeldCause.STEP_FAILED;
    }

    static void timedOut(Draft saga) {
        String why = Texts.timedOut(saga.activityName(), saga.timeout(), saga.current().spent());
        saga.attempt(Kind.TIMED_OUT, why);
        if (!saga.current().compensation()) {
            saga.mayHaveHappened(saga.current().step());
        }
        againOr(saga, why, cause(saga, true));
    }

    private static void againOr(Draft saga, String why, HeldCause cause) {
        int spent = saga.current().spent();
        boolean canRepeat = saga.command() != null;
        if (canRepeat && saga.retry().allowsAfter(spent)) {
            saga.activity = saga.current().backoff(saga.now, saga.retry().pauseAfter(spent));
        } else {
            exhausted(saga, why, cause);
        }
    }

    private static void exhausted(Draft saga, String why, HeldCause cause) {
        saga.activity = saga.current().exhausted(saga.now);
        if (saga.current().compensation()) {
            hold(saga, why, cause);
        } else {
            saga.progress(Progress.FAILED);
            giveUp(saga, why, cause);
        }
    }

    /** There is no going on from this step: turns back where that is safe and wanted, else waits for a person. */
    static void giveUp(Draft saga, String why, HeldCause cause) {
        boolean wanted = saga.step().onExhausted() == OnExhausted.COMPENSATE;
        if (wanted && PointOfNoReturn.canTurnBack(saga)) {
            Undoing.begin(saga, why, saga.step().wireName());
        } else {
            hold(saga, why, cause);
        }
    }

    private static void hold(Draft saga, String why, HeldCause cause) {
        saga.turn(Kind.HELD, saga.current().since(), why);
        saga.status = SagaStatus.HELD;
        saga.heldReason = why;
        saga.heldCause = cause;
        Clocks.stop(saga);
    }

    /** Back to where the saga was held; its clock goes on. */
    static void leaveHeld(Draft saga) {
        if (saga.status == SagaStatus.HELD) {
            saga.status = saga.current().compensation() ? SagaStatus.COMPENSATING : SagaStatus.RUNNING;
            saga.heldReason = null;
            saga.heldCause = null;
            Clocks.restart(saga);
        }
    }
}

package io.mediasaga.orchestrator.engine;

import io.mediasaga.orchestrator.engine.Decision.Refused;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.StepState.Progress;
import io.mediasaga.orchestrator.engine.Trigger.Cancel;
import io.mediasaga.orchestrator.engine.Trigger.Operation;
import io.mediasaga.orchestrator.engine.Trigger.Pause;
import io.mediasaga.orchestrator.engine.Trigger.Resume;
import io.mediasaga.orchestrator.engine.Trigger.Retry;
import io.mediasaga.orchestrator.engine.Trigger.Skip;
import org.jspecify.annotations.Nullable;

/** What an operator may do when, and what comes of it. */
final class OperatorRules {

    private OperatorRules() {}

    static Decision decide(Draft saga, Operation operation) {
        Refused refusal = saga.status.ended()
                ? new Refused("The saga has ended " + saga.status + ".", "Start a new one if the work is still wanted.")
                : refusal(saga, operation);
        if (refusal != null) {
            return refusal;
        }
        switch (operation) {
            case Pause pause -> pause(saga, pause);
            case Resume resume -> resume(saga, resume);
            case Retry retry -> retry(saga, retry);
            case Skip skip -> skip(saga, skip);
            case Cancel cancel -> cancel(saga, cancel);
        }
        return saga.decision();
    }

    private static @Nullable Refused refusal(Draft saga, Operation operation) {
        return switch (operation) {
            case Pause _ when saga.paused -> new Refused("The saga is paused already.", "Resume it to go on.");
            case Resume _ when !saga.paused -> new Refused("The saga is not paused.", remedyOfHeld(saga));
            case Retry _, Skip _ when saga.paused -> new Refused("The saga is paused.", "Resume it first.");
            case Retry _ when saga.current().inFlight() -> new Refused(
                    "Attempt %d of %s is under way.".formatted(saga.current().attempt(), saga.activityName()),
                    "Wait for its answer or until it times out at %s.".formatted(saga.current().due()));
            case Cancel _ -> refusalOfCancel(saga);
            default -> null;
        };
    }

    private static String remedyOfHeld(Draft saga) {
        return saga.status == SagaStatus.HELD ? "It is held: retry, skip or cancel it." : "Nothing has to be done.";
    }

    private static @Nullable Refused refusalOfCancel(Draft saga) {
        boolean held = saga.status == SagaStatus.HELD;
        if (saga.before.beingUndone()) {
            return new Refused(
                    "The saga is being undone already.",
                    held ? "Retry or skip " + saga.activityName() + "." : "Wait until it is compensated.");
        }
        if (PointOfNoReturn.passed(saga)) {
            return new Refused(
                    "The saga is past its point of no return and only goes forward.",
                    held ? "Retry or skip " + saga.activityName() + "." : "Let it finish.");
        }
        // A held saga's pivot gets no further attempt, so a person who has looked may decide that it has not happened.
        if (!held && !PointOfNoReturn.canTurnBack(saga)) {
            return new Refused(
                    saga.activityName() + ", the point of no return, may be happening right now.",
                    "Wait for its answer, and cancel when the saga is held.");
        }
        return null;
    }

    private static void pause(Draft saga, Pause pause) {
        saga.turn(Kind.PAUSED, saga.now, Texts.by(pause.actor(), pause.reason()));
        saga.paused = true;
        Clocks.stop(saga);
    }

    private static void resume(Draft saga, Resume resume) {
        saga.turn(Kind.RESUMED, saga.stoppedAt == null ? saga.now : saga.stoppedAt, Texts.by(resume.actor(), resume.reason()));
        saga.paused = false;
        Clocks.restart(saga);
        KeptReply kept = saga.takeKept(saga.current().step(), saga.current().compensation());
        if (kept != null) {
            Flow.answered(saga, kept);
        }
    }

    private static void retry(Draft saga, Retry retry) {
        saga.attempt(Kind.RETRIED, Texts.by(retry.actor(), retry.reason()));
        Setback.leaveHeld(saga);
        saga.activity = saga.current().nextWithNewBudget(saga.now, saga.timeout());
        if (!saga.current().compensation()) {
            saga.progress(Progress.PENDING);
        }
        Flow.sendCommand(saga);
    }

    private static void skip(Draft saga, Skip skip) {
        saga.attempt(Kind.SKIPPED, Texts.by(skip.actor(), skip.reason()));
        int step = saga.current().step();
        Setback.leaveHeld(saga);
        if (saga.current().compensation()) {
            saga.undone(step);
            Undoing.next(saga);
            return;
        }
        if (saga.current().inFlight()) {
            saga.mayHaveHappened(step);
        }
        saga.progress(Progress.SKIPPED);
        Flow.proceed(saga);
    }

    private static void cancel(Draft saga, Cancel cancel) {
        String why = Texts.cancelled(cancel.actor(), cancel.reason());
        saga.turn(Kind.CANCELLED, saga.now, why);
        saga.paused = false;
        saga.stoppedAt = null;
        Undoing.begin(saga, why, null);
    }
}

package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Decides how sagas move. Stateless and pure: the same definition, state, trigger and time give the same decision. Safe
 * for use from several threads.
 */
public final class SagaEngine {

    /**
     * Begins a saga: the first command is sent, unless the first step has none.
     *
     * @param definition what the saga follows, to its end
     * @param now the time, by the one clock that all times of this saga come from
     */
    public Decision.Changed start(SagaDefinition definition, Trigger.Start start, Instant now) {
        var steps = Collections.nCopies(definition.steps().size(), StepState.PENDING);
        var fresh = new SagaState(
                start.sagaId(), start.requestId(), start.traceparent(), SagaStatus.RUNNING, start.data(), steps, null, now,
                now.plus(definition.deadline()), false, null, null, null, null, null, List.of(), null);
        var saga = new Draft(definition, fresh, now);
        saga.turn(Kind.SAGA_STARTED, now, null);
        Flow.proceed(saga);
        return saga.decision();
    }

    /**
     * Decides what comes of a trigger.
     *
     * @param definition the one that the saga began with
     * @param now never before the time of an earlier decision
     */
    public Decision decide(SagaDefinition definition, SagaState state, Trigger trigger, Instant now) {
        var saga = new Draft(definition, state, now);
        return switch (trigger) {
            case Trigger.Start _ -> saga.unchanged(Cause.LATE);
            case Trigger.Reply reply -> ReplyRules.decide(saga, reply);
            case Trigger.Timer timer -> timer(saga, timer);
            case Trigger.Operation operation -> OperatorRules.decide(saga, operation);
        };
    }

    private static Decision timer(Draft saga, Trigger.Timer timer) {
        if (saga.activity == null || saga.stoppedAt != null) {
            return saga.unchanged(Cause.TOO_EARLY);
        }
        Instant judged = timer.heardUntil().isBefore(saga.now) ? timer.heardUntil() : saga.now;
        if (saga.activity.inFlight()) {
            saga.activity = saga.activity.postponed(timer.standstills());
        }
        if (Clocks.deadlineHolds(saga) && !saga.deadline.isAfter(judged)) {
            Undoing.begin(
                    saga, Texts.deadline(saga.step().name(), saga.definition.deadline()), saga.step().wireName());
        } else if (!saga.activity.isDue(judged)) {
            return saga.unchanged(Cause.TOO_EARLY);
        } else if (!saga.activity.inFlight()) {
            saga.activity = saga.activity.next(saga.now, saga.timeout());
            Flow.sendCommand(saga);
        } else if (timer.unsent() && Clocks.maybeSentYet(saga, timer.standstills())) {
            saga.activity = saga.activity.armedAnew(saga.now, saga.timeout());
        } else {
            Setback.timedOut(saga);
        }
        return saga.decision();
    }
}

package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.StepState.Progress;
import tools.jackson.databind.node.ObjectNode;

/** How a saga goes forward and ends. */
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
                Setback.failed(saga, early.failure());
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
            Setback.failed(saga, reply.failure());
        } else if (reply.compensation()) {
            saga.attempt(Kind.SUCCEEDED, null);
            Setback.leaveHeld(saga);
            saga.undone(saga.current().step());
            Undoing.next(saga);
        } else if (pass(saga, reply.fields())) {
            proceed(saga);
        }
    }

    /** Takes in a step's success; false when it makes the saga turn back or hold instead of going on. */
    private static boolean pass(Draft saga, ObjectNode fields) {
        saga.attempt(Kind.SUCCEEDED, null);
        saga.progress(Progress.SUCCEEDED);
        Setback.leaveHeld(saga);
        ObjectNode merged = Data.merge(saga.data, fields);
        int limit = saga.definition.data().maxBytes();
        if (merged != saga.data && Data.bytes(merged) > limit) {
            saga.activity = saga.current().exhausted(saga.now);
            Setback.giveUp(saga, Texts.tooLarge(saga.step().name(), limit), HeldCause.DATA_TOO_LARGE);
            return false;
        }
        saga.data = merged;
        return true;
    }

    /** Sends the command of the attempt the saga is at, if it has one. */
    static void sendCommand(Draft saga) {
        if (saga.command() != null) {
            saga.send(Messages.command(saga));
        }
    }

    static void end(Draft saga, SagaStatus outcome) {
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

package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.ReplyMatch;
import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which replies count.
 *
 * <p>The first success of a step counts whatever its attempt; a failure only for the attempt that is out. A reply for a
 * later step is kept until the saga is there; what comes while the saga is paused is kept until it goes on. Whatever turns
 * out to have happened while the saga is being undone is undone as well. The rest changes nothing.
 */
final class ReplyRules {

    private ReplyRules() {}

    static Decision decide(Draft saga, Trigger.Reply reply) {
        ReplyMatch match = saga.definition
                .match(reply.topic(), reply.type(), reply.step())
                .orElse(null);
        if (match == null) {
            return saga.unchanged(Cause.NO_REPLY);
        }
        Activity at = saga.activity;
        if (at == null) {
            return late(saga, match, reply);
        }
        if (at.step() == match.step() && at.compensation() == match.compensation()) {
            return forCurrent(saga, match, reply);
        }
        if (match.compensation()) {
            return late(saga, match, reply);
        }
        return saga.before.beingUndone()
                ? afterAll(saga, match, reply, "It has happened after all and will be undone.")
                : forLater(saga, match, reply);
    }

    private static Decision forCurrent(Draft saga, ReplyMatch match, Trigger.Reply reply) {
        Activity at = saga.current();
        boolean forThisAttempt = reply.attempt() == null || reply.attempt() == at.attempt();
        if (!match.success() && !(at.inFlight() && forThisAttempt)) {
            return late(saga, match, reply);
        }
        if (!match.success() && reply.attempt() == null && at.attempt() > 1) {
            // It may repeat the failure of an earlier attempt, and so proves nothing of the one that is out.
            saga.mayHaveHappened(match.step());
        }
        if (saga.paused) {
            return keep(saga, match, reply);
        }
        Flow.answered(saga, read(match, reply));
        return saga.decision();
    }

    private static Decision forLater(Draft saga, ReplyMatch match, Trigger.Reply reply) {
        boolean ahead = match.step() > saga.current().step();
        if (!ahead) {
            return afterAll(saga, match, reply, "It has happened after all.");
        }
        // Nobody can have failed at a command that has not been sent; a step without a command may well be over already.
        boolean possible = match.success() || saga.definition.steps().get(match.step()).command() == null;
        return possible ? keep(saga, match, reply) : late(saga, match, reply);
    }

    /** The step is not awaited any more; a success still tells whether there is anything to undo. */
    private static Decision afterAll(Draft saga, ReplyMatch match, Trigger.Reply reply, String meaning) {
        if (!match.success() || saga.stepState(match.step()).happened()) {
            return late(saga, match, reply);
        }
        saga.mayHaveHappened(match.step());
        write(saga, Kind.REPLY_LATE, match, reply, meaning);
        return saga.decision();
    }

    private static Decision keep(Draft saga, ReplyMatch match, Trigger.Reply reply) {
        KeptReply known = saga.keptFor(match.step(), match.compensation());
        if (known != null && (known.success() || !match.success())) {
            return late(saga, match, reply);
        }
        KeptReply kept = read(match, reply);
        int limit = saga.definition.data().maxBytes();
        if (kept.success() && Data.bytes(kept.fields()) > limit) {
            // Too large to be kept, and yet it has happened: remembered as a failure of a step that needs undoing.
            saga.mayHaveHappened(match.step());
            var failure = new Failure(null, Texts.tooLarge(name(saga, match), limit), false);
            kept = new KeptReply(match.step(), match.compensation(), failure, Data.empty());
        }
        saga.keep(kept);
        write(saga, Kind.REPLY_KEPT, match, reply, null);
        return saga.decision();
    }

    private static Decision late(Draft saga, ReplyMatch match, Trigger.Reply reply) {
        write(saga, Kind.REPLY_LATE, match, reply, null);
        return saga.unchanged(Cause.LATE);
    }

    private static void write(Draft saga, Kind kind, ReplyMatch match, Trigger.Reply reply, @Nullable String more) {
        String detail = more == null ? reply.type() : reply.type() + ". " + more;
        int attempt = reply.attempt() == null ? 0 : reply.attempt();
        saga.line(kind, match.step(), match.compensation(), attempt, saga.now, detail);
    }

    private static String name(Draft saga, ReplyMatch match) {
        return saga.definition.steps().get(match.step()).name();
    }

    private static KeptReply read(ReplyMatch match, Trigger.Reply reply) {
        return match.success()
                ? new KeptReply(match.step(), match.compensation(), null, Data.pick(reply.payload(), match.reply().data()))
                : new KeptReply(match.step(), match.compensation(), Data.failure(reply.payload()), Data.empty());
    }
}

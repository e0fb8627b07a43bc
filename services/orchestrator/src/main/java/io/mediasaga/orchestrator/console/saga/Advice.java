package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.console.ConsoleFormat;
import io.mediasaga.orchestrator.engine.Activity;
import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is the matter with a saga, in plain words, and what to do about it.
 *
 * @param tone good, bad, warn, hand or plain
 * @param headline in a few words
 * @param why what led to it, empty where there is nothing to explain
 * @param todo what a person can do, one thing each; empty where nothing has to be done
 * @param due what happens by itself, and when; {@code null} where nothing does
 */
record Advice(String tone, String headline, String why, List<String> todo, @Nullable Due due) {

    /** Words around a moment. */
    record Due(String before, Instant at, String after) {}

    static Advice of(SagaInFull saga, long openDeadLetters, String onTheWay, ConsoleFormat format) {
        SagaState state = saga.state();
        List<String> todo = new ArrayList<>();
        if (openDeadLetters > 0 && !state.status().ended()) {
            todo.add(format.count(openDeadLetters, "message of this saga is", "messages of this saga are")
                    + " among the dead letters. Each says which error killed it. Mend the cause, then send "
                    + (openDeadLetters == 1 ? "it" : "them") + " again: the answer moves the saga on by itself.");
        }
        return switch (state.status()) {
            case HELD -> held(saga, todo);
            case COMPENSATING -> {
                String why = said(state.reason());
                yield new Advice("warn", "Being undone: " + at(saga), why, todo, todo.isEmpty() ? waiting(saga) : null);
            }
            case RUNNING -> running(saga, todo);
            case COMPLETED -> new Advice(
                    "good", "Completed in " + format.between(state.startedAt(), state.endedAt()), onTheWay, todo, null);
            case COMPENSATED -> {
                if (openDeadLetters > 0) {
                    todo.add("Its dead letters say what went wrong. The saga is over: none of them needs to be sent again.");
                }
                if (openDeadLetters == 0) {
                    todo.add("Nothing is left to repair: whatever had been done is undone. Once the cause is mended, start a"
                            + " new saga if the work is still wanted.");
                }
                yield new Advice(
                        "warn", "Undone after " + format.between(state.startedAt(), state.endedAt()), said(state.reason()), todo, null);
            }
        };
    }

    private static Advice held(SagaInFull saga, List<String> todo) {
        SagaState state = saga.state();
        Activity at = state.activity();
        String name = name(saga);
        String retry = todo.isEmpty()
                ? "Mend what keeps " + name + " from succeeding, then retry it."
                : "Or mend the cause and retry " + name + ": its command is sent anew, and its dead letter is not needed any more.";
        if (at != null && at.compensation()) {
            todo.add(retry);
            todo.add("If you have undone the step by hand, skip " + name + ": the saga goes on with what is left to undo.");
        } else {
            boolean pivot = at != null && saga.definition().pointOfNoReturn(at.step());
            todo.add(retry);
            todo.add("If the step has in fact been done, skip it: the saga goes on as if it had succeeded.");
            todo.add(pivot
                    ? "Cancel only if you have seen that " + name + " has not happened: it is the point of no return."
                    : "If the work is no longer wanted, cancel: what was done is undone.");
        }
        if (state.heldCause() != null) {
            todo.add("More about it: docs/runbook.md, section " + state.heldCause() + ".");
        }
        return new Advice("bad", "Waits for a person at " + name, said(state.heldReason()), todo, null);
    }

    private static Advice running(SagaInFull saga, List<String> todo) {
        if (saga.state().paused()) {
            todo.add("Resume it to go on. Its clock stands still; answers that come meanwhile are kept.");
            return new Advice("hand", "Paused at " + name(saga), "", todo, null);
        }
        return new Advice("plain", "Under way: " + at(saga), "", todo, todo.isEmpty() ? waiting(saga) : null);
    }

    private static @Nullable Due waiting(SagaInFull saga) {
        Activity at = saga.state().activity();
        if (at == null || at.due() == null) {
            return null;
        }
        return at.phase() == Activity.Phase.BACKOFF
                ? new Due("Attempt " + at.attempt() + " went wrong; the next one is made by itself:", at.due(), ". Retry makes it at once.")
                : new Due("Nothing has to be done. The wait for an answer ends by itself:", at.due(), ".");
    }

    private static String at(SagaInFull saga) {
        Activity at = saga.state().activity();
        if (at == null) {
            return "at its end";
        }
        String participant = saga.definition().steps().get(at.step()).participant();
        return name(saga) + " at " + participant + (at.attempt() > 1 ? ", attempt " + at.attempt() : "");
    }

    private static String name(SagaInFull saga) {
        Activity at = saga.state().activity();
        if (at == null) {
            return saga.pinned().key().name();
        }
        var step = saga.definition().steps().get(at.step());
        var undo = at.compensation() ? step.compensation() : null;
        return undo == null ? step.name() : undo.name();
    }

    private static String said(@Nullable String reason) {
        return reason == null ? "" : reason;
    }
}

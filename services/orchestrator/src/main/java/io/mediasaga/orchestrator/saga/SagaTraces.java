package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.Activity;
import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.Outgoing;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.tracing.Tracing;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A saga in its trace: a span for the whole of it, below the request that began it, and below that one for each attempt of a step and
 * for each time that it waited for a person. They are told when they are over, by whichever replica sees that; what happens meanwhile
 * refers to them by identifiers that follow from the saga, step and attempt, so nothing of it is stored.
 */
@Component
class SagaTraces {

    private final Tracing tracing;

    SagaTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Where in the saga's trace a message comes from. */
    @Nullable String place(Change change, Outgoing message) {
        String began = change.after().traceparent();
        if (!tracing.tells(began) || began == null) {
            return began;
        }
        Integer attempt = message.attempt();
        return attempt == null ? ofSaga(began, change) : ofAttempt(began, change.id(), message.step(), attempt);
    }

    private String ofSaga(String began, Change change) {
        return tracing.later(began, change.id());
    }

    private String ofAttempt(String began, String saga, String wireName, int attempt) {
        return tracing.later(began, saga, wireName, Integer.toString(attempt));
    }

    /** Tells what is over after the change, which is committed. */
    void tell(Change change) {
        String began = change.after().traceparent();
        if (!tracing.tells(began) || began == null || change.history().isEmpty()) {
            return;
        }
        var over = attemptsOver(change.before().state());
        for (HistoryEntry entry : change.history()) {
            switch (entry.kind()) {
                case SUCCEEDED, FAILED, TIMED_OUT, ABANDONED -> attempt(began, change, entry, over);
                case RETRIED, SKIPPED, RESUMED -> tracing.tell(ofSaga(began, change), past(change, entry, waited(entry), null, null));
                case SAGA_COMPLETED -> tracing.tell(
                        began, past(change, entry, "saga " + change.definition().key().name(), ofSaga(began, change), null));
                case SAGA_COMPENSATED -> tracing.tell(
                        began,
                        past(change, entry, "saga " + change.definition().key().name(), ofSaga(began, change), entry.detail()));
                default -> {}
            }
        }
    }

    /** An attempt that was given up, and is answered after all, has been told of already. */
    private static Set<String> attemptsOver(SagaState before) {
        var over = new HashSet<String>();
        Activity at = before.activity();
        if (at != null && at.phase() != Activity.Phase.IN_FLIGHT) {
            over.add(at.step() + "/" + at.compensation() + "/" + at.attempt());
        }
        return over;
    }

    private void attempt(String began, Change change, HistoryEntry entry, Set<String> over) {
        int step = indexOf(change, entry);
        boolean first = over.add(step + "/" + (entry.compensation() != null) + "/" + entry.attempt());
        String failure = entry.kind() == Kind.SUCCEEDED ? null : entry.detail() == null ? entry.kind().name() : entry.detail();
        String name = name(entry);
        String at = first ? ofAttempt(began, change.id(), wireName(change, entry, step), entry.attempt()) : null;
        tracing.tell(ofSaga(began, change), past(change, entry, first ? name : name + " (answered late)", at, failure));
    }

    private static int indexOf(Change change, HistoryEntry entry) {
        var steps = change.definition().definition().steps();
        int i = 0;
        while (i < steps.size() && !steps.get(i).name().equals(entry.step())) {
            i++;
        }
        return i;
    }

    private static String wireName(Change change, HistoryEntry entry, int index) {
        var steps = change.definition().definition().steps();
        if (index >= steps.size()) {
            return String.valueOf(entry.step());
        }
        var undoing = steps.get(index).compensation();
        return entry.compensation() != null && undoing != null ? undoing.wireName() : steps.get(index).wireName();
    }

    private static String waited(HistoryEntry entry) {
        return entry.kind() == Kind.RESUMED ? "paused" : name(entry) + " until " + (entry.kind() == Kind.RETRIED ? "retried" : "skipped");
    }

    private static String name(HistoryEntry entry) {
        return String.valueOf(entry.compensation() != null ? entry.compensation() : entry.step());
    }

    private static Tracing.Past past(
            Change change, HistoryEntry entry, String name, @Nullable String at, @Nullable String failure) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("mediasaga.saga_id", change.id());
        attributes.put("mediasaga.definition", change.definition().key().name());
        attributes.put("mediasaga.outcome", entry.kind().name());
        if (entry.attempt() > 0) {
            attributes.put("mediasaga.attempt", Integer.toString(entry.attempt()));
        }
        if (entry.detail() != null) {
            attributes.put("mediasaga.detail", entry.detail());
        }
        return new Tracing.Past(name, at, entry.since(), entry.at(), attributes, failure);
    }
}

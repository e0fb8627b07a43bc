package io.mediasaga.orchestrator.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes of a trigger. */
public sealed interface Decision {

    /**
     * The saga has changed. State, messages and history belong into one transaction.
     *
     * @param state the new state
     * @param messages what to send, in this order
     * @param history what to write down, in this order
     * @param due when a {@link Trigger.Timer} is needed next, {@code null} when none is
     */
    record Changed(
            SagaState state, List<Outgoing> messages, List<HistoryEntry> history, @Nullable Instant due)
            implements Decision {}

    /**
     * Nothing changes.
     *
     * @param cause why
     * @param history what to write down all the same
     * @param due when a {@link Trigger.Timer} is needed next, {@code null} when none is
     */
    record Unchanged(Cause cause, List<HistoryEntry> history, @Nullable Instant due) implements Decision {}

    /**
     * An operation that cannot be done now.
     *
     * @param why in plain words
     * @param remedy what to do instead, in plain words
     */
    record Refused(String why, String remedy) implements Decision {}

    /** Why nothing changes. */
    enum Cause {
        /** The timer came before anything was due. */
        TOO_EARLY,
        /** A reply that came too late, or again. */
        LATE,
        /** A message on a topic of replies that answers no step, as progress is. */
        NO_REPLY
    }
}

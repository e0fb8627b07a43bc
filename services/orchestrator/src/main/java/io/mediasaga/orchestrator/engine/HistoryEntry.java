package io.mediasaga.orchestrator.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a saga's history: an attempt that is over, or a turn of the saga.
 *
 * @param kind what happened
 * @param step name of the step, {@code null} for what concerns the whole saga
 * @param compensation name of the compensation, {@code null} when the step itself is meant
 * @param attempt number of the attempt, 0 where there is none
 * @param since when what is over now began
 * @param at when it happened
 * @param detail in plain words, {@code null} where there is nothing more to say
 */
public record HistoryEntry(
        Kind kind,
        @Nullable String step,
        @Nullable String compensation,
        int attempt,
        Instant since,
        Instant at,
        @Nullable String detail) {

    /** What a line of history tells. */
    public enum Kind {
        SAGA_STARTED,
        /** An attempt was answered by success. */
        SUCCEEDED,
        /** An attempt was answered by failure. */
        FAILED,
        /** An attempt was not answered in time. */
        TIMED_OUT,
        /** An attempt was given up while it was out. */
        ABANDONED,
        /** There was nothing to undo by explicit declaration. */
        NOTHING_TO_UNDO,
        /** An operator passed over the step or compensation. */
        SKIPPED,
        /** A reply came before the saga could act on it. */
        REPLY_KEPT,
        /** A reply came that changes nothing any more. */
        REPLY_LATE,
        COMPENSATION_STARTED,
        HELD,
        PAUSED,
        RESUMED,
        RETRIED,
        CANCELLED,
        SAGA_COMPLETED,
        SAGA_COMPENSATED
    }
}

package io.mediasaga.orchestrator.query;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a saga's history.
 *
 * @param millis how long what is over now took
 */
record HistoryLine(
        long id,
        String kind,
        @Nullable String step,
        @Nullable String compensation,
        @Nullable Integer attempt,
        Instant since,
        Instant at,
        long millis,
        @Nullable String detail) {

    HistoryLine(
            long id, String kind, @Nullable String step, @Nullable String compensation, int attempt, Instant since,
            Instant at, @Nullable String detail) {
        this(
                id, kind, step, compensation, attempt == 0 ? null : attempt, since, at,
                Duration.between(since, at).toMillis(), detail);
    }
}

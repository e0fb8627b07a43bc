package io.mediasaga.orchestrator.console.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of a saga's history.
 *
 * @param attempt 0 where there is none
 */
record HistoryLine(
        long id,
        String kind,
        @Nullable String step,
        @Nullable String compensation,
        int attempt,
        Instant since,
        Instant at,
        @Nullable String detail) {

    /** Whether an attempt is over by it. */
    boolean isAttempt() {
        return switch (kind) {
            case "SUCCEEDED", "FAILED", "TIMED_OUT", "ABANDONED" -> true;
            default -> false;
        };
    }

    public Duration took() {
        return Duration.between(since, at);
    }

    /** What it is about: a step, a compensation, or the saga as a whole. */
    public String subject() {
        return compensation != null ? compensation : step != null ? step : "";
    }

    /** What happened, in plain words. */
    public String words() {
        return switch (kind) {
            case "SAGA_STARTED" -> "The saga was started";
            case "SUCCEEDED" -> "succeeded";
            case "FAILED" -> "failed";
            case "TIMED_OUT" -> "was not answered in time";
            case "ABANDONED" -> "was given up while it was under way";
            case "NOTHING_TO_UNDO" -> "left nothing to undo";
            case "SKIPPED" -> "was skipped";
            case "REPLY_KEPT" -> "was answered before its turn; the answer is kept";
            case "REPLY_LATE" -> "was answered too late; the answer changes nothing";
            case "COMPENSATION_STARTED" -> "What was done is being undone";
            case "HELD" -> "The saga waits for a person";
            case "PAUSED" -> "The saga was paused";
            case "RESUMED" -> "The saga was resumed";
            case "RETRIED" -> "is tried again by hand";
            case "CANCELLED" -> "The saga was cancelled";
            case "SAGA_COMPLETED" -> "The saga is completed";
            case "SAGA_COMPENSATED" -> "Everything is undone";
            default -> kind.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** The colour that it has. */
    public String tone() {
        return switch (kind) {
            case "SUCCEEDED", "SAGA_COMPLETED" -> "good";
            case "FAILED", "TIMED_OUT" -> "bad";
            case "HELD", "COMPENSATION_STARTED", "CANCELLED", "SAGA_COMPENSATED", "ABANDONED" -> "warn";
            case "PAUSED", "RESUMED", "RETRIED", "SKIPPED" -> "hand";
            default -> "plain";
        };
    }
}

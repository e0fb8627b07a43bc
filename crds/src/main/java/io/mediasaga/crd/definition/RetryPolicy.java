package io.mediasaga.crd.definition;

import java.time.Duration;

/**
 * How often something is tried, and how long it rests in between.
 *
 * @param attempts how often in all, the first included; at least 1
 * @param backoff the pause after the first attempt
 * @param multiplier by how much each pause is longer than the one before it; at least 1
 * @param maxBackoff the longest pause
 */
public record RetryPolicy(int attempts, Duration backoff, double multiplier, Duration maxBackoff) {

    /** What holds where a definition does not say: five attempts, pauses of 1, 2, 4 and 8 seconds. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

    /** For what can only be waited for: one attempt. */
    public static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);

    /**
     * The pause after an attempt.
     *
     * @param attempt counted from 1
     */
    public Duration pauseAfter(int attempt) {
        double millis = backoff.toMillis() * Math.pow(multiplier, Math.max(0, attempt - 1));
        return Duration.ofMillis((long) Math.min(millis, maxBackoff.toMillis()));
    }

    /** Whether a further attempt may follow after that many. */
    public boolean allowsAfter(int attempts) {
        return attempts < this.attempts;
    }

    /** How long it takes at most when each attempt takes that long. */
    public Duration longest(Duration timeout) {
        Duration total = timeout.multipliedBy(attempts);
        for (int attempt = 1; attempt < attempts; attempt++) {
            total = total.plus(pauseAfter(attempt));
        }
        return total;
    }
}

package io.mediasaga.orchestrator.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a failure reply says.
 *
 * @param code for programs, {@code null} where the participant gave none
 * @param reason for people, {@code null} where the participant gave none
 * @param retryable whether another attempt may succeed; {@code null} leaves it to the step's retry policy
 */
public record Failure(@Nullable String code, @Nullable String reason, @Nullable Boolean retryable) {

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_CODE = 100;

    /** Cuts what is longer than anybody reads, so that a saga's state stays small. */
    public Failure {
        code = cut(code, LONGEST_CODE);
        reason = cut(reason, LONGEST_REASON);
    }

    boolean definite() {
        return Boolean.FALSE.equals(retryable);
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}

package io.mediasaga.orchestrator.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are meant; what is {@code null} makes no difference.
 *
 * @param from written at that time or later
 * @param to written before that time
 */
public record AuditFilter(
        @Nullable String target,
        @Nullable String actor,
        @Nullable String operation,
        @Nullable Boolean accepted,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** What was done to one target. */
    public static AuditFilter of(String target) {
        return new AuditFilter(target, null, null, null, null, null);
    }
}

package io.mediasaga.orchestrator.console.saga;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that a person did, or wanted to do. */
record AuditLine(
        long id,
        Instant at,
        String actor,
        String operation,
        String target,
        String reason,
        boolean accepted,
        @Nullable String before,
        @Nullable String after,
        @Nullable String requestId) {}

package io.mediasaga.orchestrator.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A saga in a list. */
record SagaSummary(
        String sagaId,
        String namespace,
        String definition,
        int definitionVersion,
        String state,
        boolean paused,
        @Nullable String step,
        @Nullable String reason,
        List<String> keys,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {}

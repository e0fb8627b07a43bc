package io.mediasaga.orchestrator.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order to send dead letters again, and how far it is.
 *
 * @param id {@code null} for a dry run
 * @param total how many dead letters were selected
 * @param sent how many have been handed over for sending
 */
record Redrive(
        @Nullable String id,
        String actor,
        String reason,
        int rate,
        long total,
        long sent,
        boolean dryRun,
        @Nullable Instant createdAt,
        @Nullable Instant finishedAt) {}

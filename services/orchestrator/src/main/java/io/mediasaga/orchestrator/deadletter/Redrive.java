package io.mediasaga.orchestrator.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order to send dead letters again, and how far it is.
 *
 * @param id {@code null} for a dry run
 * @param total how many dead letters were selected
 * @param sent how many have been handed over for sending
 * @param leftOut how many more were selected, but are commands of sagas that turned back: carried out now, they would leave what
 *     nobody undoes any more; told with the order only
 */
public record Redrive(
        @Nullable String id,
        String actor,
        String reason,
        int rate,
        long total,
        long sent,
        @Nullable Long leftOut,
        boolean dryRun,
        @Nullable Instant createdAt,
        @Nullable Instant finishedAt) {

    Redrive leavingOut(long commands) {
        return new Redrive(id, actor, reason, rate, total, sent, commands, dryRun, createdAt, finishedAt);
    }
}

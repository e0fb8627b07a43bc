package io.mediasaga.messaging;

import org.jspecify.annotations.Nullable;

/**
 * A command as its handler sees it.
 *
 * @param sagaId the saga that sent it
 * @param step the step in upper snake case
 * @param attempt which attempt of the step, {@code null} where the sender did not say
 * @param requestId the request that began it all, for logs
 * @param traceparent where in a trace it is carried out, for messages that its effect sends later
 * @param payload the typed payload
 */
public record Command<P>(
        String sagaId,
        String step,
        @Nullable Integer attempt,
        @Nullable String requestId,
        @Nullable String traceparent,
        P payload) {

    /** A command that is part of no trace. */
    public Command(String sagaId, String step, @Nullable Integer attempt, @Nullable String requestId, P payload) {
        this(sagaId, step, attempt, requestId, null, payload);
    }
}

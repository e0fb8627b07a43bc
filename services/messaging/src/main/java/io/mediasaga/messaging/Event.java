package io.mediasaga.messaging;

import org.jspecify.annotations.Nullable;

/**
 * An event as its handler sees it.
 *
 * @param messageId identity of the message
 * @param sagaId the saga that it belongs to
 * @param step the step in upper snake case
 * @param requestId the request that began it all, for logs
 * @param payload the typed payload
 */
public record Event<P>(String messageId, String sagaId, String step, @Nullable String requestId, P payload) {}

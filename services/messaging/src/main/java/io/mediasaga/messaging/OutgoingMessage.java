package io.mediasaga.messaging;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent through the {@link Outbox}.
 *
 * @param topic where to
 * @param key what orders it, normally the saga's id
 * @param envelope what to send
 * @param requestId the request that began it all, sent as header {@code X-Request-ID}
 */
public record OutgoingMessage(String topic, String key, Envelope envelope, @Nullable String requestId) {
    public OutgoingMessage {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(envelope, "envelope");
    }
}

package io.mediasaga.messaging;

import io.mediasaga.tracing.Traceparent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent through the {@link Outbox}.
 *
 * @param topic where to
 * @param key what orders it, normally the saga's id
 * @param envelope what to send
 * @param requestId the request that began it all, sent as header {@code X-Request-ID}
 * @param traceparent where in a trace the message comes from, as in W3C Trace Context
 */
public record OutgoingMessage(
        String topic, String key, Envelope envelope, @Nullable String requestId, @Nullable String traceparent) {

    /** A message that comes from where the current thread is in a trace, if it is in one. */
    public OutgoingMessage(String topic, String key, Envelope envelope, @Nullable String requestId) {
        this(topic, key, envelope, requestId, Traceparent.current());
    }

    public OutgoingMessage {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(envelope, "envelope");
    }
}

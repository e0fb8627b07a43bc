package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Headers;
import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Traceparent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that has been read as an envelope.
 *
 * @param key the record's key as text, {@code null} when it had none
 * @param value the record's value as it came
 */
public record Delivery(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        Map<String, String> headers,
        byte[] value,
        Envelope envelope) {

    private static final int MAX_REQUEST_ID = 128;

    /** What messages are ordered by: the record's key, or the saga where the sender gave none. */
    public String orderingKey() {
        return Objects.requireNonNullElse(key, envelope.sagaId());
    }

    /** The request that began it all; {@code null} where the header is absent, or nothing to put into a log. */
    public @Nullable String requestId() {
        String id = headers.get(Headers.REQUEST_ID);
        boolean usable = id != null
                && !id.isBlank()
                && id.length() <= MAX_REQUEST_ID
                && id.chars().noneMatch(Character::isISOControl);
        return usable ? id : null;
    }

    /** Where in a trace it comes from; {@code null} where the header is absent or malformed. */
    public @Nullable String traceparent() {
        return Traceparent.valid(headers.get(Traceparent.HEADER));
    }

    /** The same as part of a span: what it sends continues from there, and so does what becomes of it later. */
    public Delivery within(TraceSpan span) {
        if (span.traceparent() == null || span.traceparent().equals(headers.get(Traceparent.HEADER))) {
            return this;
        }
        var here = new LinkedHashMap<>(headers);
        here.put(Traceparent.HEADER, span.traceparent());
        return new Delivery(topic, partition, offset, key, here, value, envelope);
    }

    /** Whether it is a dead letter that is sent again. */
    public boolean redriven() {
        return headers.containsKey(Headers.REDRIVE);
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a batch: one for each message, with the parent that its header names. A message without one begins a trace. Spans of
 * messages that are not ended, because the surroundings failed and all is tried again, are not told.
 */
public final class HandlingSpans {

    private final Tracing tracing;
    private final Map<Delivery, TraceSpan> spans = new IdentityHashMap<>();

    /** Spans of one batch. */
    public HandlingSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Begins the spans; answers the deliveries as parts of them. */
    List<Delivery> begin(List<Delivery> deliveries) {
        if (!tracing.isOn()) {
            return deliveries;
        }
        var traced = new ArrayList<Delivery>(deliveries.size());
        deliveries.forEach(delivery -> traced.add(begin(delivery, 1)));
        return traced;
    }

    /** Begins the span of one attempt; answers the delivery as part of it. */
    public Delivery begin(Delivery delivery, int attempt) {
        if (!tracing.isOn()) {
            return delivery;
        }
        var envelope = delivery.envelope();
        TraceSpan span =
                tracing.begin(SpanKind.CONSUMER, "handle " + envelope.type(), delivery.traceparent());
        Delivery traced = delivery.within(span);
        if (span.isRecorded()) {
            span.with("messaging.system", "kafka")
                    .with("messaging.destination.name", delivery.topic())
                    .with("messaging.destination.partition.id", Integer.toString(delivery.partition()))
                    .with("messaging.kafka.offset", delivery.offset())
                    .with("messaging.message.id", envelope.messageId())
                    .with("mediasaga.saga_id", envelope.sagaId())
                    .with("mediasaga.step", envelope.step())
                    .with("mediasaga.attempt", attempt);
            spans.put(traced, span);
        }
        return traced;
    }

    /** Says what became of the message where that is not the common thing. */
    void outcome(Delivery delivery, String outcome) {
        TraceSpan span = spans.get(delivery);
        if (span != null) {
            span.with("mediasaga.outcome", outcome);
        }
    }

    /** The span ends well. */
    public void end(Delivery delivery) {
        TraceSpan span = spans.remove(delivery);
        if (span != null) {
            span.end();
        }
    }

    /** The span ends with a failure. */
    public void fail(Delivery delivery, Throwable failure) {
        TraceSpan span = spans.remove(delivery);
        if (span != null) {
            span.failed(Failures.text(failure)).end();
        }
    }

    /** Ends the spans of what is committed. */
    void end(List<Delivery> deliveries, Map<Delivery, Throwable> failures) {
        if (spans.isEmpty()) {
            return;
        }
        for (Delivery delivery : deliveries) {
            Throwable failure = failures.get(delivery);
            if (failure == null) {
                end(delivery);
            } else {
                fail(delivery, failure);
            }
        }
    }
}

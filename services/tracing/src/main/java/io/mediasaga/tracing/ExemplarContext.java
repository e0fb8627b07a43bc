package io.mediasaga.tracing;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Tells the metrics in which trace the current thread is. */
final class ExemplarContext implements SpanContext {

    @Override
    public @Nullable String getCurrentTraceId() {
        var context = Span.current().getSpanContext();
        return context.isValid() ? context.getTraceId() : null;
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        var context = Span.current().getSpanContext();
        return context.isValid() ? context.getSpanId() : null;
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return Span.current().getSpanContext().isSampled();
    }

    /** Whole traces are sampled, so there is nothing to be marked. */
    @Override
    public void markCurrentSpanAsExemplar() {}
}

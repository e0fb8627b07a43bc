package io.mediasaga.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes time and is part of a trace, or merely a place in a trace that is passed on because nobody wants its spans.
 * Not ended, it is never told.
 */
public final class TraceSpan {

    static final TraceSpan NONE = new TraceSpan(null, null, null);

    private final @Nullable Tracing tracing;
    private final @Nullable Span span;
    private final @Nullable String traceparent;

    private TraceSpan(@Nullable Tracing tracing, @Nullable Span span, @Nullable String traceparent) {
        this.tracing = tracing;
        this.span = span;
        this.traceparent = traceparent;
    }

    static TraceSpan carrying(@Nullable String traceparent) {
        return traceparent == null ? NONE : new TraceSpan(null, null, traceparent);
    }

    static TraceSpan of(Tracing tracing, Span span) {
        String here = Traceparent.of(span.getSpanContext());
        return span.getSpanContext().isSampled() ? new TraceSpan(tracing, span, here) : carrying(here);
    }

    /** What comes of this continues from here; {@code null} where there is no trace. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** Whether it will be told. */
    public boolean isRecorded() {
        return span != null;
    }

    /** Says more about it; {@code null} says nothing. */
    public TraceSpan with(String attribute, @Nullable String value) {
        if (span != null && value != null) {
            span.setAttribute(attribute, value);
        }
        return this;
    }

    /** Says more about it. */
    public TraceSpan with(String attribute, long value) {
        if (span != null) {
            span.setAttribute(AttributeKey.longKey(attribute), value);
        }
        return this;
    }

    /** Puts another name to it, where that is known late. */
    public void rename(String name) {
        if (span != null) {
            span.updateName(name);
        }
    }

    /** It ended without success. */
    public TraceSpan failed(@Nullable String why) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, why == null ? "" : why);
        }
        return this;
    }

    /** Makes it what {@link Tracing#child} and exemplars refer to, in this thread, until the scope is closed. */
    public Scope makeCurrent() {
        if (span == null || tracing == null) {
            return Traceparent.within(traceparent);
        }
        return Context.root().with(Tracing.KEY, tracing).with(span).makeCurrent();
    }

    /** It is over. */
    public void end() {
        if (span != null) {
            span.end();
        }
    }
}

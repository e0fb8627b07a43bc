package io.mediasaga.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans. Off, it only hands on the places in traces that it is given. On, it takes up a trace whose sender wants it told, and
 * begins one, of so many, where there is none. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

    static final ContextKey<Tracing> KEY = ContextKey.named("mediasaga-tracing");

    private static final Tracing OFF = new Tracing(null);

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    Tracing(@Nullable SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("mediasaga");
    }

    /** Makes no spans. */
    public static Tracing off() {
        return OFF;
    }

    /** Whether any spans are made. */
    public boolean isOn() {
        return tracer != null;
    }

    /** Whether spans that continue from there are made. */
    public boolean tells(@Nullable String traceparent) {
        return tracer != null && traceparent != null && Traceparent.isSampled(traceparent);
    }

    /**
     * Begins a span.
     *
     * @param parent where it continues from; {@code null} begins a trace
     */
    public TraceSpan begin(SpanKind kind, String name, @Nullable String parent) {
        if (tracer == null || (parent != null && !Traceparent.isSampled(parent))) {
            return TraceSpan.carrying(parent);
        }
        var builder = tracer.spanBuilder(name).setSpanKind(kind);
        builder.setParent(parent == null ? Context.root() : Traceparent.context(parent));
        return TraceSpan.of(this, builder.startSpan());
    }

    /** Begins a span inside of the one that is current in this thread; without one, nothing. */
    public static TraceSpan child(String name) {
        Context here = Context.current();
        Tracing tracing = here.get(KEY);
        return tracing == null
                ? TraceSpan.NONE
                : tracing.begin(SpanKind.INTERNAL, name, Traceparent.of(Span.fromContext(here).getSpanContext()));
    }

    /** The span that is current in this thread ended without success. */
    public static void currentFailed(String why) {
        Span.current().setStatus(StatusCode.ERROR, why);
    }

    /**
     * The place in the trace of a span that is told later by {@link #tell}, perhaps by another process; the same parts give the same.
     * Where nothing is told it is the place that was given.
     */
    public String later(String traceparent, String... parts) {
        return tells(traceparent) ? Traceparent.at(traceparent, derived(traceparent, parts)) : traceparent;
    }

    /** An identifier that follows from the trace and the parts. */
    private static String derived(String traceparent, String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Traceparent.traceId(traceparent).getBytes(StandardCharsets.UTF_8));
            for (String part : parts) {
                digest.update((byte) 0);
                digest.update(part.getBytes(StandardCharsets.UTF_8));
            }
            long id = ByteBuffer.wrap(digest.digest()).getLong();
            return HexFormat.of().toHexDigits(id == 0 ? 1 : id);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * Something that is over.
     *
     * @param at its own place, from {@link #later}; {@code null} where nothing refers to it
     * @param failure why it was no success; {@code null} for a success
     */
    public record Past(
            String name,
            @Nullable String at,
            Instant since,
            Instant until,
            Map<String, String> attributes,
            @Nullable String failure) {}

    /** Tells of something that is over, if spans that continue from its parent are wanted. */
    public void tell(@Nullable String parent, Past past) {
        if (tracer == null || parent == null || !Traceparent.isSampled(parent)) {
            return;
        }
        var builder = tracer.spanBuilder(past.name()).setSpanKind(SpanKind.INTERNAL);
        builder.setParent(Traceparent.context(parent)).setStartTimestamp(past.since());
        past.attributes().forEach((name, value) -> builder.setAttribute(AttributeKey.stringKey(name), value));
        Span span = past.at() == null ? builder.startSpan() : PresetIds.withSpanId(past.at(), builder::startSpan);
        if (past.failure() != null) {
            span.setStatus(StatusCode.ERROR, past.failure());
        }
        span.end(past.until());
    }

    /** Sends what has not been sent yet, for some seconds at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(3, TimeUnit.SECONDS);
        }
    }
}

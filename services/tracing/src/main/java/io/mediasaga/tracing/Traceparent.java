package io.mediasaga.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent} of W3C Trace Context: version, trace id, span id and flags. It is passed on as text; only what is
 * sampled is ever taken apart.
 */
public final class Traceparent {

    /** Name of the header, in HTTP and on messages. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    private Traceparent() {}

    /**
     * The header as version 00 has it, or {@code null} where it is absent or malformed, which has to be treated alike. Of a later
     * version the four fields that are known are kept.
     */
    public static @Nullable String valid(@Nullable String header) {
        if (header == null || header.length() < LENGTH || !hasForm(header)) {
            return null;
        }
        boolean first = header.startsWith("00");
        if (header.startsWith("ff") || (first ? header.length() > LENGTH : longer(header))) {
            return null;
        }
        if (header.startsWith(NO_TRACE, 3) || header.startsWith(NO_SPAN, SPAN_ID)) {
            return null;
        }
        return first ? header : "00" + header.substring(2, LENGTH);
    }

    private static boolean hasForm(String header) {
        for (int i = 0; i < LENGTH; i++) {
            char c = header.charAt(i);
            boolean dash = i == 2 || i == SPAN_ID - 1 || i == FLAGS - 1;
            if (dash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean longer(String header) {
        return header.length() > LENGTH && header.charAt(LENGTH) != '-';
    }

    /** Whether spans of this trace are wanted. */
    static boolean isSampled(String traceparent) {
        return (Character.digit(traceparent.charAt(FLAGS + 1), 16) & 1) == 1;
    }

    /** The id of the trace, as logs and exemplars name it. */
    public static String traceId(String traceparent) {
        return traceparent.substring(3, SPAN_ID - 1);
    }

    /** The place in the trace that spans continue from. */
    static Context context(String traceparent) {
        var context = SpanContext.createFromRemoteParent(
                traceId(traceparent),
                traceparent.substring(SPAN_ID, FLAGS - 1),
                isSampled(traceparent) ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(context));
    }

    static @Nullable String of(SpanContext context) {
        return context.isValid()
                ? "00-" + context.getTraceId() + "-" + context.getSpanId() + (context.isSampled() ? "-01" : "-00")
                : null;
    }

    /** The same trace at another span. */
    static String at(String traceparent, String spanId) {
        return traceparent.substring(0, SPAN_ID) + spanId + traceparent.substring(FLAGS - 1);
    }

    /** Where the current thread is in a trace, {@code null} outside of any. */
    public static @Nullable String current() {
        return of(Span.current().getSpanContext());
    }

    /** Puts the current thread into the trace until the scope is closed; {@code null} changes nothing. */
    public static Scope within(@Nullable String traceparent) {
        return traceparent == null ? Scope.noop() : context(traceparent).makeCurrent();
    }
}

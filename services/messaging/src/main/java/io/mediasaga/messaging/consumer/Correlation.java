package io.mediasaga.messaging.consumer;

import io.mediasaga.tracing.Traceparent;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the saga, the request and the trace into every log line that is written while a message is handled. */
public final class Correlation implements AutoCloseable {

    private static final String SAGA = "saga_id";
    private static final String REQUEST = "request_id";
    private static final String TRACE = "trace_id";

    private final @Nullable String sagaBefore = MDC.get(SAGA);
    private final @Nullable String requestBefore = MDC.get(REQUEST);

    private final @Nullable String traceBefore = MDC.get(TRACE);
    private final Scope scope;

    private Correlation(Scope scope) {
        this.scope = scope;
    }

    /** Begins; {@link #close} ends and brings back what was before. */
    public static Correlation of(Delivery delivery) {
        return of(delivery, Traceparent.within(delivery.traceparent()));
    }

    /** The same with the trace that the thread is in already, by that scope, which is closed along. */
    public static Correlation of(Delivery delivery, Scope scope) {
        var correlation = new Correlation(scope);
        put(SAGA, delivery.envelope().sagaId());
        put(REQUEST, delivery.requestId());
        String traceparent = delivery.traceparent();
        put(TRACE, traceparent == null ? null : Traceparent.traceId(traceparent));
        return correlation;
    }

    @Override
    public void close() {
        put(SAGA, sagaBefore);
        put(REQUEST, requestBefore);
        put(TRACE, traceBefore);
        scope.close();
    }

    private static void put(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}

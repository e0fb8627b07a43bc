package io.mediasaga.messaging.consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the saga and the request into every log line that is written while a message is handled. */
public final class Correlation implements AutoCloseable {

    private static final String SAGA = "saga_id";
    private static final String REQUEST = "request_id";

    private final @Nullable String sagaBefore = MDC.get(SAGA);
    private final @Nullable String requestBefore = MDC.get(REQUEST);

    private Correlation() {}

    /** Begins; {@link #close} ends and brings back what was before. */
    public static Correlation of(String sagaId, @Nullable String requestId) {
        var correlation = new Correlation();
        put(SAGA, sagaId);
        put(REQUEST, requestId);
        return correlation;
    }

    @Override
    public void close() {
        put(SAGA, sagaBefore);
        put(REQUEST, requestBefore);
    }

    private static void put(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}

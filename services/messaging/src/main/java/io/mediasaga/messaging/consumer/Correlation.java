package io.mediasaga.messaging.consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the saga and the request into every log line that is written while a message is handled. */
public final class Correlation implements AutoCloseable {

    private Correlation() {}

    /** Begins; {@link #close} ends. */
    public static Correlation of(String sagaId, @Nullable String requestId) {
        MDC.put("saga_id", sagaId);
        if (requestId != null) {
            MDC.put("request_id", requestId);
        }
        return new Correlation();
    }

    @Override
    public void close() {
        MDC.remove("saga_id");
        MDC.remove("request_id");
    }
}

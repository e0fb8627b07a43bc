package io.mediasaga.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Random identifiers, but for spans whose identifier was given out before they are told. */
final class PresetIds implements IdGenerator {

    private static final ScopedValue<String> SPAN_ID = ScopedValue.newInstance();

    private final IdGenerator random = IdGenerator.random();

    /** The span that the action starts is the one at that place in its trace. */
    static <T> T withSpanId(String traceparent, Supplier<T> action) {
        return ScopedValue.where(SPAN_ID, traceparent.substring(36, 52)).call(action::get);
    }

    @Override
    public String generateSpanId() {
        return SPAN_ID.isBound() ? SPAN_ID.get() : random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return random.generateTraceId();
    }
}

package io.mediasaga.orchestrator.engine;

import io.mediasaga.messaging.Json;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** A saga's state as JSON text, and back; what is read is equal to what was written. */
public final class StateCodec {

    /** What is false or null is not written, so its absence is no error. */
    private static final ObjectReader READER = Json.mapper()
            .readerFor(SagaState.class)
            .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private StateCodec() {}

    public static String write(SagaState state) {
        return Json.write(state);
    }

    public static SagaState read(String json) {
        return READER.readValue(json);
    }
}

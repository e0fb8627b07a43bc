package io.mediasaga.orchestrator.engine;

import io.mediasaga.messaging.Json;

/** A saga's state as JSON text, and back; what is read is equal to what was written. */
public final class StateCodec {

    private StateCodec() {}

    public static String write(SagaState state) {
        return Json.write(state);
    }

    public static SagaState read(String json) {
        return Json.read(json, SagaState.class);
    }
}

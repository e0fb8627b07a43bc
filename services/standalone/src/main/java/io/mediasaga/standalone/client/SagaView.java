package io.mediasaga.standalone.client;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A saga as the platform tells it. */
public record SagaView(JsonNode json) {

    private static final Set<String> ENDED = Set.of("COMPLETED", "COMPENSATED");

    /** Its id. */
    public String id() {
        return json.path("saga_id").asString(json.path("id").asString(""));
    }

    /** RUNNING, COMPENSATING, COMPLETED, COMPENSATED or HELD. */
    public String state() {
        return json.path("state").asString("");
    }

    /** Name of the step that it is at; empty when it has ended. */
    public String step() {
        return json.path("current").path("step").asString("");
    }

    /** Why it waits for a person, or did not succeed. */
    public String reason() {
        return json.path("held_reason").asString(json.path("reason").asString("no reason was given"));
    }

    /** A field of its data. */
    public @Nullable String data(String field) {
        return json.path("data").path(field).asString(null);
    }

    /** Whether nothing more will happen. */
    public boolean isEnded() {
        return ENDED.contains(state());
    }

    /** Whether it waits for a person. */
    public boolean isHeld() {
        return state().equals("HELD");
    }

    /** Whether it ended well. */
    public boolean isCompleted() {
        return state().equals("COMPLETED");
    }
}

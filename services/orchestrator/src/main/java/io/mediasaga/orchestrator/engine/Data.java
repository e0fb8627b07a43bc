package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.KeptField;
import io.mediasaga.messaging.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON object of a saga. Nodes are shared between states and never changed in place. */
final class Data {

    private Data() {}

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The payload's object; an empty one for what is none, since only its fields matter. */
    static ObjectNode read(String payload) {
        try {
            return Json.mapper().readTree(payload) instanceof ObjectNode object ? object : empty();
        } catch (JacksonException e) {
            return empty();
        }
    }

    /** Copies the listed fields of a reply, renamed; what is absent or null is left out. */
    static ObjectNode pick(String payload, List<KeptField> fields) {
        ObjectNode picked = empty();
        if (fields.isEmpty()) {
            return picked;
        }
        ObjectNode from = read(payload);
        for (KeptField field : fields) {
            put(picked, field.as(), from.get(field.field()));
        }
        return picked;
    }

    static void put(ObjectNode into, String name, @Nullable JsonNode value) {
        if (value != null && !value.isNull()) {
            into.set(name, value);
        }
    }

    /** The data with the fields replaced; the very same object when there are none. */
    static ObjectNode merge(ObjectNode data, ObjectNode fields) {
        if (fields.isEmpty()) {
            return data;
        }
        ObjectNode merged = empty();
        merged.setAll(data);
        merged.setAll(fields);
        return merged;
    }

    /** Size of the data as UTF-8 JSON. */
    static int bytes(ObjectNode data) {
        return Json.mapper().writeValueAsBytes(data).length;
    }

    /** What a failure reply says; whatever it does not say properly counts as not said. */
    static Failure failure(String payload) {
        ObjectNode said = read(payload);
        JsonNode retryable = said.get("retryable");
        return new Failure(
                text(said.get("code")),
                text(said.get("reason")),
                retryable != null && retryable.isBoolean() ? retryable.booleanValue() : null);
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }
}

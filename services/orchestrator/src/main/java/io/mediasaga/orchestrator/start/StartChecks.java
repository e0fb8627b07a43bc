package io.mediasaga.orchestrator.start;

import io.mediasaga.crd.definition.DataRules;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Identifiers;
import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.DefinitionState;
import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.saga.NewSagas.NewSaga;
import io.mediasaga.tracing.Traceparent;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.RequestId;
import io.mediasaga.web.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a client sends against the definition, and fills in what is generated. */
@Component
class StartChecks {

    private final DefinitionCatalog catalog;
    private final String defaultNamespace;

    /** @param defaultNamespace of a definition whose namespace a start leaves out; in a cluster that of the orchestrator */
    StartChecks(DefinitionCatalog catalog, @Value("${mediasaga.orchestrator.namespace:default}") String defaultNamespace) {
        this.catalog = catalog;
        this.defaultNamespace = defaultNamespace;
    }

    /** @throws ProblemException when there is text in the request that nobody could store or send on */
    static void requireStorable(StartRequest request) {
        Map<String, String> errors = new LinkedHashMap<>();
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put("definition", request.definition());
        texts.put("namespace", request.namespace());
        texts.put("saga_id", request.sagaId());
        texts.forEach((field, text) -> {
            if (text != null && !StorableText.is(text)) {
                errors.put(field, StorableText.WHY_NOT);
            }
        });
        if (request.data() != null) {
            request.data().propertyStream()
                    .filter(field -> !StorableText.is(field.getKey()) || !Storable.holds(field.getValue()))
                    .forEach(field -> errors.put("data." + StorableText.shown(field.getKey()), StorableText.WHY_NOT));
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
    }

    /** @throws ProblemException when the saga must not be started */
    NewSaga check(StartRequest request) {
        String namespace = request.namespace() == null ? defaultNamespace : request.namespace();
        PinnedDefinition definition = definition(namespace, request.definition());
        String id = request.sagaId() == null ? Envelope.newId() : request.sagaId();
        ObjectNode given = request.data() == null ? Json.mapper().createObjectNode() : request.data();
        Map<String, String> errors = new LinkedHashMap<>();
        if (!isId(id)) {
            errors.put("saga_id", "must be 1 to " + Envelope.MAX_ID_LENGTH + " visible characters");
        }
        ObjectNode data = data(definition.definition().data(), given, errors);
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return new NewSaga(definition, id, data, RequestId.current(), Traceparent.current());
    }

    private PinnedDefinition definition(String namespace, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw invalid(Map.of("definition", "must be the name of a definition; GET /api/definitions lists them"));
        }
        var found = catalog.startable(namespace, name);
        if (found == null || found.state() == DefinitionState.DELETED) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "DEFINITION_NOT_FOUND",
                    "There is no definition %s/%s; GET /api/definitions lists them".formatted(namespace, name));
        }
        if (found.state() == DefinitionState.SUSPENDED) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "DEFINITION_SUSPENDED",
                    "The definition %s/%s is suspended; try again when it has been resumed".formatted(namespace, name));
        }
        return found.definition();
    }

    private static ObjectNode data(DataRules rules, ObjectNode given, Map<String, String> errors) {
        for (String field : rules.required()) {
            if (isMissing(given.get(field))) {
                errors.put("data." + field, "is required");
            }
        }
        var known = rules.startFields();
        for (String field : given.propertyNames()) {
            if (!known.contains(field)) {
                errors.put("data." + field, "is not known; there are " + String.join(", ", known));
            }
        }
        ObjectNode data = given.deepCopy();
        for (String field : rules.generated()) {
            JsonNode value = given.get(field);
            if (value == null || value.isNull()) {
                data.put(field, Envelope.newId());
            } else if (!value.isString() || !isId(value.stringValue())) {
                errors.put("data." + field, "must be text of 1 to " + Envelope.MAX_ID_LENGTH + " visible characters");
            }
        }
        int size = Json.mapper().writeValueAsBytes(data).length;
        if (size > rules.maxBytes()) {
            errors.put("data", "has " + size + " bytes; at most " + rules.maxBytes() + " are possible");
        }
        return data;
    }

    private static boolean isMissing(@Nullable JsonNode value) {
        return value == null || value.isNull() || (value.isString() && value.stringValue().isBlank());
    }

    private static boolean isId(String text) {
        return Identifiers.isOne(text);
    }

    static ProblemException invalid(Map<String, String> errors) {
        List<Map<String, String>> list = new ArrayList<>();
        StringBuilder detail = new StringBuilder();
        errors.forEach((field, message) -> {
            list.add(Map.of("field", field, "message", message));
            detail.append(detail.isEmpty() ? "" : "; ").append(field).append(' ').append(message);
        });
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "VALIDATION_FAILED", detail.toString())
                .with("errors", list);
    }
}

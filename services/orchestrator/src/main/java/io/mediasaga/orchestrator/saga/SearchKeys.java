package io.mediasaga.orchestrator.saga;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.orchestrator.engine.SagaState;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a saga is found by: the data that its definition marks as keys, and the request that began it. */
public final class SearchKeys {

    /** The name under which the request that began a saga is searched. */
    public static final String REQUEST_ID = "request_id";

    private static final String SEPARATOR = "\u001f";
    private static final int LONGEST_VALUE = 256;

    private SearchKeys() {}

    static String joined(SagaDefinition definition, SagaState state) {
        List<String> keys = new ArrayList<>();
        for (String field : definition.data().keys()) {
            JsonNode value = state.data().get(field);
            if (value != null && value.isValueNode() && !value.isNull()) {
                keys.add(key(field, value.asString()));
            }
        }
        if (state.requestId() != null) {
            keys.add(key(REQUEST_ID, state.requestId()));
        }
        return String.join(SEPARATOR, keys);
    }

    /** The form in which a key is stored and looked for. */
    public static String key(String field, String value) {
        String safe = value.replace(SEPARATOR, " ").replace('\0', ' ');
        return field + "=" + (safe.length() > LONGEST_VALUE ? safe.substring(0, LONGEST_VALUE) : safe);
    }
}

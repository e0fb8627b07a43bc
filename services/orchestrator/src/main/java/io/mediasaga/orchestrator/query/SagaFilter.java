package io.mediasaga.orchestrator.query;

import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.saga.SearchKeys;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.StorableText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Which sagas to list.
 *
 * @param keys data that the definition marks as keys, and {@code request_id}: all have to be equal
 */
record SagaFilter(
        @Nullable String namespace,
        @Nullable String definition,
        @Nullable SagaStatus state,
        @Nullable String step,
        List<String> keys) {

    private static final Set<String> OWN = Set.of("namespace", "definition", "state", "step", "limit", "cursor");

    /** Reads the parameters of a request; those that are not the list's own are keys. */
    static SagaFilter of(Map<String, String> parameters) {
        List<String> keys = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (!StorableText.is(value)) {
                throw new ProblemException(HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", StorableText.shown(name) + " " + StorableText.WHY_NOT);
            }
            if (!OWN.contains(name)) {
                keys.add(SearchKeys.key(name, value));
            }
        });
        return new SagaFilter(
                parameters.get("namespace"), parameters.get("definition"), status(parameters.get("state")),
                parameters.get("step"), keys);
    }

    private static @Nullable SagaStatus status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(SagaStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST, "INVALID_PARAMETER",
                        "state must be one of %s, not %s".formatted(Arrays.toString(SagaStatus.values()), text)));
    }
}

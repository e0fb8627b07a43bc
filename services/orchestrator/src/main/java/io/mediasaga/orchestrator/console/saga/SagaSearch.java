package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.engine.SagaStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a person looks for; what is blank makes no difference.
 *
 * @param q an id of a saga, or the value of any of its keys
 * @param state where it stands; {@code PAUSED} for those that an operator stopped
 * @param step the step that it is at
 * @param definition name of its definition
 * @param cursor where the page before ended
 */
record SagaSearch(
        @Nullable String q,
        @Nullable String state,
        @Nullable String step,
        @Nullable String definition,
        @Nullable String cursor) {

    static final String PAUSED = "PAUSED";

    private static final int LONGEST = 256;

    SagaSearch {
        q = text(q);
        state = text(state);
        step = text(step);
        definition = text(definition);
        cursor = cursor == null || cursor.isBlank() ? null : cursor;
        if (state != null && status(state) == null && !state.equals(PAUSED)) {
            state = null;
        }
    }

    private static @Nullable String text(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip().replace("\0", "");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private static @Nullable SagaStatus status(String name) {
        return Arrays.stream(SagaStatus.values()).filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }

    @Nullable SagaStatus status() {
        return state == null ? null : status(state);
    }

    public boolean isEmpty() {
        return q == null && state == null && step == null && definition == null;
    }

    public boolean first() {
        return cursor == null;
    }

    /** The same search from there on, as the query of an address. */
    public String query(@Nullable String from) {
        return query(from, state);
    }

    /** The same search for another state. */
    public String withState(@Nullable String other) {
        return query(null, other);
    }

    private String query(@Nullable String from, @Nullable String state) {
        StringBuilder query = new StringBuilder();
        add(query, "q", q);
        add(query, "state", state);
        add(query, "step", step);
        add(query, "definition", definition);
        add(query, "cursor", from);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? "?" : "&").append(name).append('=');
            query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

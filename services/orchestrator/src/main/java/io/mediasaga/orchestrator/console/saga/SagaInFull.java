package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.orchestrator.definition.PinnedDefinition;
import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A saga with the definition that it follows.
 *
 * @param version counts its changes
 */
record SagaInFull(PinnedDefinition pinned, SagaState state, long version, Instant updatedAt) {

    SagaDefinition definition() {
        return pinned.definition();
    }

    public String id() {
        return state.id();
    }

    public String status() {
        return state.status().name();
    }

    public boolean ended() {
        return state.status().ended();
    }

    /** What it is found by. */
    public List<SagaRow.Key> keys() {
        return definition().data().keys().stream()
                .filter(name -> state.data().get(name) != null && state.data().get(name).isValueNode())
                .map(name -> new SagaRow.Key(name, state.data().get(name).asString("")))
                .toList();
    }

    /** A text of its data, empty when there is none. */
    public String text(String field) {
        JsonNode value = state.data().get(field);
        return value != null && value.isValueNode() ? value.asString("") : "";
    }

    /** The trace that it is in, as hexadecimal digits; empty when it is in none. */
    public String traceId() {
        String[] parts = state.traceparent() == null ? new String[0] : state.traceparent().split("-"); // W3C Trace Context
        return parts.length > 1 ? parts[1] : "";
    }

    /** What to call it: its title where its data has one, else its definition. */
    public String title() {
        String title = text("title");
        return title.isBlank() ? pinned.key().name() : title;
    }

    /** The page that shows what has come of it, where it is on this site. */
    public String watchPath() {
        String path = text("watch_path");
        boolean own = path.startsWith("/") && !path.startsWith("//") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return own && "COMPLETED".equals(status()) ? path : "";
    }
}

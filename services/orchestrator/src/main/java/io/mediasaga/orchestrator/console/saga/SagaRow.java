package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saga in the list.
 *
 * @param keys what it is found by, as {@code name=value}
 */
record SagaRow(
        String id,
        String definition,
        String namespace,
        int definitionVersion,
        String status,
        boolean paused,
        @Nullable String step,
        List<Key> keys,
        Instant startedAt,
        Instant updatedAt,
        SagaState state) {

    /** Something that a saga is found by. */
    record Key(String name, String value) {
        static Key of(String text) {
            int sign = text.indexOf('=');
            return sign < 0 ? new Key("", text) : new Key(text.substring(0, sign), text.substring(sign + 1));
        }
    }

    public @Nullable Instant endedAt() {
        return state.endedAt();
    }

    /** Why it is as it is, where there is a reason. */
    public @Nullable String reason() {
        return state.heldReason() != null ? state.heldReason() : state.reason();
    }

    /** Changes whenever what the list shows of it does. */
    int fingerprint() {
        return java.util.Objects.hash(id, status, paused, step, updatedAt);
    }
}

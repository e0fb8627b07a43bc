package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A saga in the list.
 *
 * @param keys what it is found by, as {@code name=value}
 * @param endedAt when it ended, {@code null} while it runs
 * @param title what people call it, where its data says so
 * @param reason why it is as it is, where there is a reason
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
        @Nullable Instant endedAt,
        @Nullable String title,
        @Nullable String reason) {

    /** Something that a saga is found by. */
    record Key(String name, String value) {
        static Key of(String text) {
            int sign = text.indexOf('=');
            return sign < 0 ? new Key("", text) : new Key(text.substring(0, sign), text.substring(sign + 1));
        }
    }

    static SagaRow of(ResultSet rs) throws SQLException {
        String[] keys = (String[]) rs.getArray(8).getArray();
        OffsetDateTime ended = rs.getObject(11, OffsetDateTime.class);
        String stored = rs.getString(12);
        SagaState state = stored == null ? null : StateCodec.read(stored);
        return new SagaRow(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getInt(4), rs.getString(5), rs.getBoolean(6),
                rs.getString(7), Stream.of(keys).map(Key::of).toList(), time(rs.getObject(9, OffsetDateTime.class)),
                time(rs.getObject(10, OffsetDateTime.class)), ended == null ? null : time(ended), title(state), reason(state));
    }

    private static @Nullable String title(@Nullable SagaState state) {
        JsonNode title = state == null ? null : state.data().get("title");
        String text = title == null || !title.isValueNode() ? "" : title.asString("");
        return text.isBlank() ? null : text;
    }

    private static @Nullable String reason(@Nullable SagaState state) {
        if (state == null) {
            return null;
        }
        return state.heldReason() != null ? state.heldReason() : state.reason();
    }

    static Instant time(OffsetDateTime time) {
        return time.toInstant();
    }

    /** Changes whenever what the list shows of it does. */
    int fingerprint() {
        return Objects.hash(id, status, paused, step, updatedAt);
    }
}

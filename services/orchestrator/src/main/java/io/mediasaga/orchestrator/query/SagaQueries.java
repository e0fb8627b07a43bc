package io.mediasaga.orchestrator.query;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.engine.StateCodec;
import io.mediasaga.web.Cursor;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads sagas for people. */
@Repository
public class SagaQueries {

    private static final String GET = """
            SELECT version, state, namespace, definition, definition_version, updated_at FROM saga WHERE id = ?
            """;

    private static final String LIST = """
            SELECT id, namespace, definition, definition_version, status, paused, step, state, keys, started_at, updated_at,
                   ended_at
            FROM saga WHERE true
            """;

    private static final String HISTORY = """
            SELECT id, kind, step, compensation, attempt, since, at, detail
            FROM saga_history WHERE saga_id = ? AND id > ? ORDER BY id LIMIT ?
            """;

    private final JdbcTemplate jdbc;
    private final DefinitionCatalog catalog;

    SagaQueries(JdbcTemplate jdbc, DefinitionCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** A saga at one of its versions. */
    record Versioned(long version, SagaView saga) {}

    /** The saga, if there is one. */
    public Optional<SagaView> find(String id) {
        return versioned(id).map(Versioned::saga);
    }

    Optional<Versioned> versioned(String id) {
        return jdbc.query(GET, (rs, i) -> versioned(rs), id).stream().findFirst();
    }

    private Versioned versioned(ResultSet rs) throws SQLException {
        var pinned = catalog.pinned(new VersionKey(rs.getString(3), rs.getString(4), rs.getInt(5)));
        return new Versioned(rs.getLong(1), SagaView.of(pinned, StateCodec.read(rs.getString(2)), time(rs, 6)));
    }

    /** At most one more than the limit, the latest first. */
    List<SagaSummary> list(SagaFilter filter, @Nullable Cursor after, int limit) {
        StringBuilder sql = new StringBuilder(LIST);
        List<Object> values = new ArrayList<>();
        and(sql, values, " AND namespace = ?", filter.namespace());
        and(sql, values, " AND definition = ?", filter.definition());
        and(sql, values, " AND step = ?", filter.step());
        if (filter.state() != null) {
            and(sql, values, " AND status = ?", filter.state().name());
            sql.append(filter.state().ended() ? "" : " AND ended_at IS NULL");
        }
        if (!filter.keys().isEmpty()) {
            and(sql, values, " AND keys @> ?::text[]", filter.keys().toArray(String[]::new));
        }
        if (after != null) {
            sql.append(" AND (started_at, id) < (?::timestamptz, ?)");
            values.add(after.instant(0).toString());
            values.add(after.text(1));
        }
        sql.append(" ORDER BY started_at DESC, id DESC LIMIT ?");
        values.add(limit + 1);
        return jdbc.query(sql.toString(), SagaQueries::summary, values.toArray());
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private static SagaSummary summary(ResultSet rs, int i) throws SQLException {
        var state = StateCodec.read(rs.getString(8));
        String reason = state.heldReason() != null ? state.heldReason() : state.reason();
        return new SagaSummary(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getInt(4), rs.getString(5), rs.getBoolean(6),
                rs.getString(7), reason, texts(rs.getArray(9)), time(rs, 10), time(rs, 11), state.endedAt());
    }

    List<HistoryLine> history(String id, long after, int limit) {
        return jdbc.query(
                HISTORY,
                (rs, i) -> new HistoryLine(
                        rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getInt(5), time(rs, 6),
                        time(rs, 7), rs.getString(8)),
                id, after, limit);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static Instant time(ResultSet rs, int column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}

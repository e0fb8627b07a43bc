package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.engine.StateCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads one saga for its page. */
@Repository
class SagaReader {

    private static final String GET = """
            SELECT version, state, namespace, definition, definition_version, updated_at FROM saga WHERE id = ?
            """;

    private static final String HISTORY = """
            SELECT * FROM (
              SELECT id, kind, step, compensation, attempt, since, at, detail
              FROM saga_history WHERE saga_id = ? AND id < ? ORDER BY id DESC LIMIT ?) latest
            ORDER BY id
            """;

    private final JdbcTemplate jdbc;
    private final DefinitionCatalog catalog;

    SagaReader(JdbcTemplate jdbc, DefinitionCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    Optional<SagaInFull> find(String id) {
        return jdbc.query(GET, (rs, i) -> inFull(rs), id).stream().findFirst();
    }

    private SagaInFull inFull(ResultSet rs) throws SQLException {
        var pinned = catalog.pinned(new VersionKey(rs.getString(3), rs.getString(4), rs.getInt(5)));
        return new SagaInFull(pinned, StateCodec.read(rs.getString(2)), rs.getLong(1), time(rs, 6));
    }

    /** The latest lines of its history that come before one, oldest first. */
    List<HistoryLine> history(String id, long before, int most) {
        return jdbc.query(
                HISTORY,
                (rs, i) -> new HistoryLine(
                        rs.getLong(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getInt(5), time(rs, 6),
                        time(rs, 7), rs.getString(8)),
                id, before, most);
    }

    /** How many dead letters of a saga nobody has sent again. */
    long openDeadLetters(String id) {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM dead_letter WHERE saga_id = ? AND redriven_at IS NULL", Long.class, id);
        return count == null ? 0 : count;
    }

    private static Instant time(ResultSet rs, int column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}

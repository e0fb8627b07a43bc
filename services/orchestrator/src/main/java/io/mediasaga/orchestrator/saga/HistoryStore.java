package io.mediasaga.orchestrator.saga;

import static io.mediasaga.orchestrator.saga.SqlArrays.integers;
import static io.mediasaga.orchestrator.saga.SqlArrays.texts;
import static io.mediasaga.orchestrator.saga.SqlArrays.times;

import io.mediasaga.orchestrator.engine.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** History in SQL. */
@Repository
class HistoryStore {

    private static final String INSERT = insertWhere("true");

    /** A statement that takes {@link #values} and writes those lines that the condition holds for, in their order. */
    static String insertWhere(String condition) {
        return """
            INSERT INTO saga_history (saga_id, kind, step, compensation, attempt, since, at, detail)
            SELECT saga_id, kind, step, compensation, attempt, since, at, detail
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[]::timestamptz[],
                        ?::text[]::timestamptz[], ?::text[])
                WITH ORDINALITY AS h (saga_id, kind, step, compensation, attempt, since, at, detail, line)
            WHERE %s
            ORDER BY line
            """.formatted(condition);
    }

    private final JdbcTemplate jdbc;

    HistoryStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Line(String sagaId, HistoryEntry entry) {}

    void insert(List<Change> changes) {
        if (changes.stream().anyMatch(change -> !change.history().isEmpty())) {
            jdbc.update(INSERT, values(changes));
        }
    }

    /** What is to be written of the changes, by columns. */
    static Object[] values(List<Change> changes) {
        List<Line> lines = new ArrayList<>();
        changes.forEach(change -> change.history().forEach(entry -> lines.add(new Line(change.id(), entry))));
        return new Object[] {
            texts(lines, Line::sagaId),
            texts(lines, line -> line.entry().kind().name()),
            texts(lines, line -> line.entry().step()),
            texts(lines, line -> line.entry().compensation()),
            integers(lines, line -> line.entry().attempt()),
            times(lines, line -> line.entry().since()),
            times(lines, line -> line.entry().at()),
            texts(lines, line -> withoutNul(line.entry().detail()))
        };
    }

    /** PostgreSQL's text cannot hold the character, and participants may write anything. */
    private static @Nullable String withoutNul(@Nullable String text) {
        return text == null ? null : text.replace('\0', ' ');
    }
}

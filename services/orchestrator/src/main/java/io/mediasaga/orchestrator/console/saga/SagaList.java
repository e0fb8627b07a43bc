package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.engine.StateCodec;
import io.mediasaga.orchestrator.saga.SearchKeys;
import io.mediasaga.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Lists sagas for pages. Every query is bounded, and stands on an index also among a hundred thousand sagas. */
@Repository
class SagaList {

    private static final String LIST = """
            SELECT id, definition, namespace, definition_version, status, paused, step, keys, started_at, updated_at, state
            FROM saga WHERE true
            """;

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final DefinitionCatalog catalog;
    private volatile @Nullable Counted counted;

    SagaList(JdbcTemplate jdbc, DefinitionCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** The latest first; at most that many and one more. */
    List<SagaRow> list(SagaSearch search, int limit) {
        StringBuilder sql = new StringBuilder(LIST);
        List<Object> values = new ArrayList<>();
        if (search.q() != null) {
            sql.append(" AND id IN (SELECT id FROM saga WHERE id = ? UNION ALL"
                    + " (SELECT id FROM saga WHERE keys && ?::text[] ORDER BY started_at DESC LIMIT 10000))");
            values.add(search.q());
            values.add(keys(search.q()));
        }
        SagaStatus status = search.status();
        if (status != null) {
            sql.append(" AND status = ?");
            values.add(status.name());
        }
        if (SagaSearch.PAUSED.equals(search.state())) {
            sql.append(" AND paused AND ended_at IS NULL");
        } else if (search.step() != null || (status != null && !status.ended())) {
            sql.append(" AND ended_at IS NULL"); // there is an index of those
        }
        if (status == SagaStatus.COMPENSATED || status == SagaStatus.COMPENSATING || status == SagaStatus.HELD) {
            sql.append(" AND status IN ('COMPENSATED', 'COMPENSATING', 'HELD')"); // and one of those
        }
        and(sql, values, " AND step = ?", search.step());
        and(sql, values, " AND definition = ?", search.definition());
        Cursor after = Cursor.parse(search.cursor(), 2);
        if (after != null) {
            sql.append(" AND (started_at, id) < (?::timestamptz, ?)");
            values.add(after.instant(0).toString());
            values.add(after.text(1));
        }
        sql.append(" ORDER BY started_at DESC, id DESC LIMIT ?");
        values.add(limit + 1);
        return jdbc.query(sql.toString(), SagaList::row, values.toArray());
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private String[] keys(String value) {
        return keyNames().map(name -> SearchKeys.key(name, value)).toArray(String[]::new);
    }

    private Stream<String> keyNames() {
        Set<String> names = new LinkedHashSet<>();
        catalog.current().forEach(each -> names.addAll(each.definition().definition().data().keys()));
        names.add(SearchKeys.REQUEST_ID);
        return names.stream();
    }

    private static SagaRow row(ResultSet rs, int i) throws SQLException {
        String[] keys = (String[]) rs.getArray(8).getArray();
        return new SagaRow(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getInt(4), rs.getString(5), rs.getBoolean(6),
                rs.getString(7), Stream.of(keys).map(SagaRow.Key::of).toList(), time(rs, 9), time(rs, 10),
                StateCodec.read(rs.getString(11)));
    }

    /** How many sagas that have not ended stand where, a second ago at most: however many people look, they are counted once. */
    Map<String, Long> active() {
        Counted last = counted;
        if (last == null || System.nanoTime() - last.at() > FRESH.toNanos()) {
            last = new Counted(count(), System.nanoTime());
            counted = last;
        }
        return last.counts();
    }

    private record Counted(Map<String, Long> counts, long at) {}

    private Map<String, Long> count() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.query(
                "SELECT status, paused, count(*) FROM saga WHERE ended_at IS NULL GROUP BY status, paused",
                rs -> {
                    counts.merge(rs.getString(1), rs.getLong(3), Long::sum);
                    if (rs.getBoolean(2)) {
                        counts.merge(SagaSearch.PAUSED, rs.getLong(3), Long::sum);
                    }
                });
        return counts;
    }

    /** The names of all steps that current definitions have. */
    List<String> steps() {
        Set<String> names = new LinkedHashSet<>();
        catalog.current().forEach(each -> each.definition().definition().steps().forEach(step -> names.add(step.name())));
        return List.copyOf(names);
    }

    List<String> definitions() {
        Set<String> names = new LinkedHashSet<>();
        catalog.current().forEach(each -> names.add(each.definition().key().name()));
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    private static Instant time(ResultSet rs, int column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}

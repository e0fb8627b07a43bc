package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.web.Cursor;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Lists sagas for pages. However many there are, each page reads rows by an index that leads to just those, or a bounded number of
 * them.
 */
@Repository
class SagaList {

    private static final String PAGE = """
            SELECT id, definition, namespace, definition_version, status, paused, step, keys, started_at, updated_at, ended_at,
                   CASE WHEN octet_length(state) < 32768 OR status IN ('COMPENSATED', 'COMPENSATING', 'HELD') THEN state END
            FROM saga WHERE id = ANY (ARRAY(%s)) ORDER BY started_at DESC, id DESC
            """;

    /** By the index of all by age, or of those in trouble by age; it ends as soon as the page is full. */
    private static final String WALK = "SELECT id FROM saga WHERE true%s ORDER BY started_at DESC, id DESC LIMIT ?";

    /** By the index of the condition: the planner is not to guess that walking back would soon meet some. */
    private static final String COLLECT = """
            WITH found AS MATERIALIZED (SELECT id, started_at FROM saga WHERE true%s)
            SELECT id FROM found ORDER BY started_at DESC, id DESC LIMIT ?
            """;

    /** As many sagas are walked through for a condition that no index leads to. */
    static final int FAR = 20_000;

    /** As many are walked through before an index is asked that does not know ages. */
    private static final int NEAR = 2_000;

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int SHARE_OF_TIME = 20;

    private final JdbcTemplate jdbc;
    private final DefinitionCatalog catalog;
    private final KeyNames keyNames;
    private volatile @Nullable Counted counted;

    SagaList(JdbcTemplate jdbc, DefinitionCatalog catalog, KeyNames keyNames) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.keyNames = keyNames;
    }

    /**
     * What was found.
     *
     * @param rows the latest first
     * @param further from where on nobody has looked yet, since it would have been too far; {@code null} when all was looked at
     */
    record Listed(List<SagaRow> rows, @Nullable Cursor further) {}

    /** The latest first; at most that many and one more. */
    Listed list(SagaSearch search, int limit) {
        SagaConditions conditions = SagaConditions.of(search, search.q() == null ? new String[0] : keyNames.keys(search.q()));
        return switch (conditions.way()) {
            case WALK -> new Listed(page(WALK, conditions, limit), null);
            case COLLECT -> new Listed(page(COLLECT, conditions, limit), null);
            case WALK_THEN_COLLECT -> {
                Cursor near = floor(search, NEAR);
                List<SagaRow> rows = page(WALK, conditions.notBefore(near), limit);
                yield new Listed(near == null || rows.size() > limit ? rows : page(COLLECT, conditions, limit), null);
            }
            case WALK_SO_FAR -> {
                Cursor far = floor(search, FAR);
                List<SagaRow> rows = page(WALK, conditions.notBefore(far), limit);
                yield new Listed(rows, rows.size() > limit ? null : far);
            }
        };
    }

    private List<SagaRow> page(String sql, SagaConditions conditions, int limit) {
        return jdbc.query(
                PAGE.formatted(sql.formatted(conditions.sql())), (rs, i) -> SagaRow.of(rs), conditions.valuesAnd(limit + 1));
    }

    /** The saga that many places further back; {@code null} when there are fewer. */
    private @Nullable Cursor floor(SagaSearch search, int places) {
        SagaConditions from = SagaConditions.from(search.cursor());
        return jdbc.query(
                        "SELECT started_at, id FROM saga WHERE true" + from.sql()
                                + " ORDER BY started_at DESC, id DESC OFFSET ? LIMIT 1",
                        (rs, i) -> Cursor.of(SagaRow.time(rs.getObject(1, OffsetDateTime.class)), rs.getString(2)),
                        from.valuesAnd(places))
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * How many sagas that have not ended stand where. However many people look, they are counted once a second at most, and less
     * often where counting takes its time.
     */
    Map<String, Long> active() {
        Counted last = counted;
        if (last == null || System.nanoTime() - last.until() > 0) {
            long began = System.nanoTime();
            Map<String, Long> counts = count();
            long took = System.nanoTime() - began;
            last = new Counted(counts, began + took + Math.max(FRESH.toNanos(), took * SHARE_OF_TIME));
            counted = last;
        }
        return last.counts();
    }

    private record Counted(Map<String, Long> counts, long until) {}

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
        return catalog.current().stream()
                .flatMap(each -> each.definition().definition().steps().stream())
                .map(step -> step.name())
                .distinct()
                .toList();
    }

    List<String> definitions() {
        return catalog.current().stream().map(each -> each.definition().key().name()).distinct().sorted().toList();
    }
}

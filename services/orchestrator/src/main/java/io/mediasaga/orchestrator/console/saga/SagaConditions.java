package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.web.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for as SQL, and the way that leads there.
 *
 * @param sql conditions, each with {@code AND} before it
 * @param values what goes in place of the question marks
 */
record SagaConditions(String sql, List<Object> values, Way way) {

    /** How those are found that meet the conditions. */
    enum Way {
        /** Back through an index by age in which nearly all do. */
        WALK,
        /** All that do, by an index that leads to them; there are few. */
        COLLECT,
        /** Back for a while, since there may be very many; then by the index. */
        WALK_THEN_COLLECT,
        /** Back for a bounded number of sagas; whoever looks asks for more. */
        WALK_SO_FAR
    }

    SagaConditions {
        values = List.copyOf(values);
    }

    /** @param keys the forms that the searched value has as a key */
    static SagaConditions of(SagaSearch search, String[] keys) {
        SagaConditions start = from(search.cursor());
        StringBuilder sql = new StringBuilder(start.sql);
        List<Object> values = new ArrayList<>(start.values);
        SagaStatus status = search.status();
        boolean paused = SagaSearch.PAUSED.equals(search.state());
        boolean unended = paused || search.step() != null || (status != null && !status.ended());
        boolean trouble = status == SagaStatus.COMPENSATED || status == SagaStatus.COMPENSATING || status == SagaStatus.HELD;
        if (search.q() != null) {
            sql.append(" AND (id = ? OR keys && ?::text[])");
            values.add(search.q());
            values.add(keys);
        }
        add(sql, values, " AND status = ?", status == null ? null : status.name());
        sql.append(paused ? " AND paused" : "");
        // The one or the other, so that an index is used that has just those: in the second they stand by age.
        sql.append(unended && !trouble ? " AND ended_at IS NULL" : "");
        sql.append(trouble ? " AND status IN ('COMPENSATED', 'COMPENSATING', 'HELD')" : "");
        add(sql, values, " AND step = ?", search.step());
        add(sql, values, " AND definition = ?", search.definition());
        return new SagaConditions(sql.toString(), values, way(search, unended, trouble));
    }

    private static Way way(SagaSearch search, boolean unended, boolean trouble) {
        boolean further = search.step() != null || search.definition() != null;
        if (search.q() != null) {
            return unended || trouble ? Way.COLLECT : Way.WALK_THEN_COLLECT;
        }
        if (search.isEmpty() || (trouble && !further)) {
            return Way.WALK;
        }
        return unended ? Way.COLLECT : Way.WALK_SO_FAR;
    }

    /** Everything older than the cursor. */
    static SagaConditions from(@Nullable String cursor) {
        Cursor after = Cursor.parse(cursor, 2);
        return after == null
                ? new SagaConditions("", List.of(), Way.WALK)
                : new SagaConditions(
                        " AND (started_at, id) < (?::timestamptz, ?)", List.of(after.instant(0).toString(), after.text(1)), Way.WALK);
    }

    /** The same, nothing older than that. */
    SagaConditions notBefore(@Nullable Cursor oldest) {
        if (oldest == null) {
            return this;
        }
        List<Object> more = new ArrayList<>(values);
        more.add(oldest.instant(0).toString());
        more.add(oldest.text(1));
        return new SagaConditions(sql + " AND (started_at, id) >= (?::timestamptz, ?)", more, way);
    }

    Object[] valuesAnd(int last) {
        List<Object> all = new ArrayList<>(values);
        all.add(last);
        return all.toArray();
    }

    private static void add(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }
}

package io.mediasaga.orchestrator.operation;

import io.mediasaga.web.RequestId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who did what to what, when and why, with what it was before and after. Rows are only ever added. */
@Component
public class Audit {

    /** Names who asks; set by whoever stands in front of the API. */
    public static final String ACTOR_HEADER = "X-Actor";

    /** Who asks when nobody says. */
    public static final String ANONYMOUS = "api";

    private static final String LIST = """
            SELECT id, at, actor, operation, target, reason, accepted, before, after, request_id
            FROM audit WHERE id < ?
            """;

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what has been done, in the current transaction if there is one. */
    public void write(
            String actor, String operation, String target, String reason, @Nullable String before,
            @Nullable String after) {
        insert(actor, operation, target, reason, true, before, after);
    }

    /** Writes down what has been asked for and refused. */
    void refused(String actor, String operation, String target, String reason, String before, String why) {
        insert(actor, operation, target, reason, false, before, why);
    }

    private void insert(
            String actor, String operation, String target, String reason, boolean accepted, @Nullable String before,
            @Nullable String after) {
        jdbc.sql("""
                        INSERT INTO audit (actor, operation, target, reason, accepted, before, after, request_id)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(actor, operation, target, reason, accepted, before, after, RequestId.current())
                .update();
    }

    /**
     * What was done, the latest first.
     *
     * @param before only what has a smaller id
     * @param most at most so many
     */
    public List<Entry> list(AuditFilter filter, long before, int most) {
        // Only the conditions that are meant: a plan for all of them at once would not stand on the index of any.
        StringBuilder sql = new StringBuilder(LIST);
        List<Object> values = new ArrayList<>(List.of(before));
        and(sql, values, " AND target = ?", filter.target());
        and(sql, values, " AND actor = ?", filter.actor());
        and(sql, values, " AND operation = ?", filter.operation());
        and(sql, values, " AND accepted = ?", filter.accepted());
        and(sql, values, " AND at >= ?::timestamptz", filter.from() == null ? null : filter.from().toString());
        and(sql, values, " AND at < ?::timestamptz", filter.to() == null ? null : filter.to().toString());
        values.add(most);
        return jdbc.sql(sql.append(" ORDER BY id DESC LIMIT ?").toString())
                .params(values)
                .query((rs, i) -> new Entry(
                        rs.getLong(1), rs.getObject(2, OffsetDateTime.class).toInstant(), rs.getString(3),
                        rs.getString(4), rs.getString(5), rs.getString(6), rs.getBoolean(7), rs.getString(8),
                        rs.getString(9), rs.getString(10)))
                .list();
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    /**
     * One entry.
     *
     * @param target the saga's id, {@code redrive} and the order's id, or a definition's namespace and name
     * @param accepted whether it was done; what was refused says in {@code after} why
     */
    public record Entry(
            long id, Instant at, String actor, String operation, String target, String reason, boolean accepted,
            @Nullable String before, @Nullable String after, @Nullable String requestId) {}
}

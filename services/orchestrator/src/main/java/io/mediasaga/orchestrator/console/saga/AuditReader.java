package io.mediasaga.orchestrator.console.saga;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads the audit for pages, the latest first. */
@Repository
class AuditReader {

    private static final String LIST = """
            SELECT id, at, actor, operation, target, reason, accepted, before, after, request_id FROM audit WHERE id < ?
            """;

    private final JdbcTemplate jdbc;

    AuditReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<AuditLine> list(long before, @Nullable String target, @Nullable String actor, int most) {
        StringBuilder sql = new StringBuilder(LIST);
        List<Object> values = new ArrayList<>(List.of(before));
        if (target != null) {
            sql.append(" AND target = ?");
            values.add(target);
        }
        if (actor != null) {
            sql.append(" AND actor = ?");
            values.add(actor);
        }
        sql.append(" ORDER BY id DESC LIMIT ?");
        values.add(most);
        return jdbc.query(
                sql.toString(),
                (rs, i) -> new AuditLine(
                        rs.getLong(1), rs.getObject(2, OffsetDateTime.class).toInstant(), rs.getString(3), rs.getString(4),
                        rs.getString(5), rs.getString(6), rs.getBoolean(7), rs.getString(8), rs.getString(9),
                        rs.getString(10)),
                values.toArray());
    }
}

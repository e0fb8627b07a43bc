package io.mediasaga.orchestrator.operation;

import io.mediasaga.web.RequestId;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    /** What was done to the target, newest first. */
    List<Entry> of(String target, int limit) {
        return jdbc.sql("""
                        SELECT at, actor, operation, reason, accepted, before, after, request_id
                        FROM audit WHERE target = ? ORDER BY id DESC LIMIT ?
                        """)
                .params(target, limit)
                .query((rs, i) -> new Entry(
                        rs.getObject(1, OffsetDateTime.class).toInstant(),
                        rs.getString(2), rs.getString(3), rs.getString(4), rs.getBoolean(5), rs.getString(6),
                        rs.getString(7), rs.getString(8)))
                .list();
    }

    record Entry(
            Instant at, String actor, String operation, String reason, boolean accepted, @Nullable String before,
            @Nullable String after, @Nullable String requestId) {}
}

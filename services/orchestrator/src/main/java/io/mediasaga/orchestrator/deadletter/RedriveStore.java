package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.crd.definition.ResolvedCommand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Orders to send dead letters again, in SQL. */
@Repository
class RedriveStore {

    private static final String CLAIM = """
            SELECT id, rate FROM redrive
            WHERE finished_at IS NULL AND next_at <= clock_timestamp()
            ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE = """
            WITH taken AS (
              DELETE FROM redrive_item WHERE redrive_id = ? AND dead_letter_id = ANY (ARRAY(
                SELECT dead_letter_id FROM redrive_item WHERE redrive_id = ? ORDER BY dead_letter_id LIMIT ?))
              RETURNING dead_letter_id)
            UPDATE dead_letter d SET redriven_at = clock_timestamp(), redrives = redrives + 1
            FROM taken WHERE d.id = taken.dead_letter_id
            RETURNING d.id, d.original_topic, d.key, d.headers, d.value
            """;

    private static final String ADVANCE = """
            UPDATE redrive SET sent = sent + ?, next_at = clock_timestamp() + interval '1 second',
              finished_at = CASE WHEN EXISTS (SELECT 1 FROM redrive_item WHERE redrive_id = ?) THEN NULL
                                 ELSE clock_timestamp() END
            WHERE id = ?
            """;

    /** Their steps have been undone: carried out now, they would leave what nobody undoes any more. */
    private static final String LEAVE_OUT = """
            DELETE FROM redrive_item i USING dead_letter d, saga s
            WHERE i.redrive_id = ? AND d.id = i.dead_letter_id
              AND s.id = d.saga_id AND s.status IN ('COMPENSATING', 'COMPENSATED')
              AND (d.original_topic, d.type) IN (SELECT topic, type FROM unnest(?::text[], ?::text[]) AS c (topic, type))
            """;

    private final JdbcTemplate jdbc;

    RedriveStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A dead letter to be sent. */
    record Item(long id, String topic, @Nullable String key, Map<String, String> headers, byte[] value) {}

    record Claimed(String id, int rate) {}

    /**
     * How many dead letters an order selects.
     *
     * @param total how many are sent
     * @param leftOut how many more were selected, but are commands of sagas that turned back
     */
    record Selected(int total, int leftOut) {}

    /**
     * Stores the order with those dead letters that it selects and that can be sent.
     *
     * @param stepCommands the commands that are left out when their saga has turned back
     */
    Selected create(
            String id,
            String actor,
            String reason,
            int rate,
            DeadLetterFilter filter,
            @Nullable List<Long> ids,
            Collection<ResolvedCommand> stepCommands) {
        jdbc.update(
                "INSERT INTO redrive (id, actor, reason, rate, total) VALUES (?, ?, ?, ?, 0)", id, actor, reason, rate);
        var sql = filter.toSql();
        List<Object> values = new ArrayList<>(List.of(id));
        values.addAll(sql.values());
        if (ids != null) {
            values.add(ids.toArray(Long[]::new));
        }
        int selected = jdbc.update(
                "INSERT INTO redrive_item SELECT ?, id FROM dead_letter WHERE original_topic <> ''" + sql.conditions()
                        + (ids == null ? "" : " AND id = ANY (?)"),
                values.toArray());
        int leftOut = jdbc.update(
                LEAVE_OUT, id, stepCommands.stream().map(ResolvedCommand::topic).toArray(String[]::new),
                stepCommands.stream().map(ResolvedCommand::type).toArray(String[]::new));
        int total = selected - leftOut;
        jdbc.update("UPDATE redrive SET total = ? WHERE id = ?", total, id);
        if (total == 0) {
            jdbc.update("UPDATE redrive SET finished_at = clock_timestamp() WHERE id = ?", id);
        }
        return new Selected(total, leftOut);
    }

    /** The sagas whose messages an order sends, at most that many. */
    List<String> sagas(String id, int most) {
        return jdbc.queryForList("""
                        SELECT DISTINCT d.saga_id FROM redrive_item i JOIN dead_letter d ON d.id = i.dead_letter_id
                        WHERE i.redrive_id = ? AND d.saga_id IS NOT NULL LIMIT ?
                        """, String.class, id, most);
    }

    /** An order that is due, held until the transaction ends. */
    Optional<Claimed> claim() {
        return jdbc.query(CLAIM, (rs, i) -> new Claimed(rs.getString(1), rs.getInt(2))).stream().findFirst();
    }

    List<Item> take(Claimed order) {
        List<Item> items = new ArrayList<>(jdbc.query(
                TAKE,
                (rs, i) -> new Item(
                        rs.getLong(1), rs.getString(2), rs.getString(3), DeadLetterStore.headers(rs.getString(4)),
                        rs.getBytes(5)),
                order.id(), order.id(), order.rate()));
        items.sort((a, b) -> Long.compare(a.id(), b.id()));
        return items;
    }

    void advance(Claimed order, int sent) {
        jdbc.update(ADVANCE, sent, order.id(), order.id());
    }

    Optional<Redrive> find(String id) {
        return list("WHERE id = ?", id).stream().findFirst();
    }

    /** The latest orders. */
    List<Redrive> latest(int most) {
        return list("ORDER BY created_at DESC LIMIT ?", most);
    }

    private List<Redrive> list(String which, Object value) {
        return jdbc.query(
                "SELECT id, actor, reason, rate, total, sent, created_at, finished_at FROM redrive " + which,
                (rs, i) -> row(rs), value);
    }

    private static Redrive row(ResultSet rs) throws SQLException {
        OffsetDateTime finished = rs.getObject(8, OffsetDateTime.class);
        return new Redrive(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getInt(4), rs.getLong(5), rs.getLong(6), null, false,
                rs.getObject(7, OffsetDateTime.class).toInstant(), finished == null ? null : finished.toInstant());
    }
}

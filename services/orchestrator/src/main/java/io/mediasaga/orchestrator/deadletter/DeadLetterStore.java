package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.messaging.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Dead letters in SQL. */
@Repository
public class DeadLetterStore {

    private static final String INSERT = """
            INSERT INTO dead_letter (topic, partition, "offset", original_topic, key, headers, value, message_id, type, saga_id,
                                     step, attempts, first_error, last_error, died_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
            ON CONFLICT (topic, partition, "offset") DO NOTHING
            """;

    private static final String COLUMNS = """
            id, topic, original_topic, key, message_id, type, saga_id, step, attempts, first_error, last_error, died_at,
            redriven_at, redrives""";

    private final JdbcTemplate jdbc;

    DeadLetterStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the records; those that are kept already change nothing. */
    void keep(List<FoundRecord> records) {
        jdbc.batchUpdate(INSERT, records, records.size(), (statement, found) -> {
            Object[] values = {
                found.record().topic(), found.record().partition(), found.record().offset(), found.originalTopic(),
                found.key(), Json.write(found.headers()), found.value(), found.said("message_id"), found.said("type"),
                found.said("saga_id"), found.said("step"), found.attempts(), found.firstError(), found.lastError(),
                found.diedAt().toString()
            };
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        });
    }

    /** At most that many, the latest first, from before the id on. */
    public List<DeadLetter> list(DeadLetterFilter filter, long before, int most) {
        return list(filter, 0, before, most);
    }

    /** At most that many, the latest first, from before the one id on down to the other. */
    public List<DeadLetter> list(DeadLetterFilter filter, long downTo, long before, int most) {
        var sql = filter.toSql();
        List<Object> values = new ArrayList<>(sql.values());
        values.add(downTo);
        values.add(before);
        values.add(most);
        return jdbc.query(
                "SELECT " + COLUMNS + " FROM dead_letter WHERE true" + sql.conditions()
                        + " AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
                (rs, i) -> row(rs, null, null),
                values.toArray());
    }

    /** The id that many places further back; empty when there are fewer. */
    public OptionalLong further(long before, int places) {
        return jdbc.queryForList(
                        "SELECT id FROM dead_letter WHERE id < ? ORDER BY id DESC OFFSET ? LIMIT 1", Long.class, before, places)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The dead letter with its headers and its value, if there is one. */
    public Optional<DeadLetter> find(long id) {
        return jdbc
                .query(
                        "SELECT " + COLUMNS + ", headers, value FROM dead_letter WHERE id = ?",
                        (rs, i) -> row(rs, headers(rs.getString(15)), text(rs.getBytes(16))),
                        id)
                .stream()
                .findFirst();
    }

    static Map<String, String> headers(String json) {
        return Json.read(json, Json.mapper().getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static DeadLetter row(ResultSet rs, @Nullable Map<String, String> headers, @Nullable String value)
            throws SQLException {
        return new DeadLetter(
                rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4), rs.getString(5), rs.getString(6),
                rs.getString(7), rs.getString(8), rs.getObject(9, Integer.class), rs.getString(10), rs.getString(11),
                rs.getObject(12, OffsetDateTime.class).toInstant(), time(rs.getObject(13, OffsetDateTime.class)),
                rs.getInt(14), headers, value);
    }

    private static @Nullable Instant time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}

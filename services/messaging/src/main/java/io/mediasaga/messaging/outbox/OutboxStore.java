package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outbox in SQL. */
final class OutboxStore {

    static final int BUCKETS = 32;

    /** A row takes the fast path only when no older row of its topic and key is still there. */
    private static final String INSERT = """
            INSERT INTO outbox (bucket, topic, key, keyed, headers, value, available_at)
            SELECT m.bucket, m.topic, m.key, m.keyed, m.headers, m.value,
                   CASE WHEN ? AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = m.key AND o.topic = m.topic)
                        THEN clock_timestamp() + ? * interval '1 millisecond' ELSE clock_timestamp() END
            FROM unnest(?::smallint[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[])
                 WITH ORDINALITY AS m (bucket, topic, key, keyed, headers, value, ord)
            ORDER BY m.ord
            RETURNING id, available_at > clock_timestamp() + interval '1 millisecond'
            """;

    private static final String DELETE = """
            DELETE FROM outbox o USING unnest(?::smallint[], ?::bigint[]) AS a (bucket, id)
            WHERE o.bucket = a.bucket AND o.id = a.id
            """;

    private static final String KEEP = """
            WITH gone AS (
              DELETE FROM outbox o USING unnest(?::smallint[], ?::bigint[], ?::int[], ?::bigint[]) AS a (bucket, id, partition, off)
              WHERE o.bucket = a.bucket AND o.id = a.id
              RETURNING o.bucket, o.id, o.topic, o.key, o.keyed, o.headers, o.value, a.partition, a.off)
            INSERT INTO outbox_kept (bucket, id, topic, key, keyed, headers, value, partition, "offset")
            SELECT bucket, id, topic, key, keyed, headers, value, partition, off FROM gone
            """;

    private static final String RELEASE = """
            UPDATE outbox o SET available_at = clock_timestamp()
            FROM unnest(?::smallint[], ?::bigint[]) AS a (bucket, id)
            WHERE o.bucket = a.bucket AND o.id = a.id
            """;

    /** Rows that their writer is still sending come along without their value: they block their key. */
    private static final String PAGE = """
            SELECT r.bucket, r.id, r.topic, r.key, r.keyed, r.available, r.headers, r.value
            FROM unnest(?::smallint[], ?::bigint[]) AS c (bucket, id)
            CROSS JOIN LATERAL (
              SELECT o.bucket, o.id, o.topic, o.key, o.keyed, o.available_at <= clock_timestamp() AS available, o.headers,
                     CASE WHEN o.available_at <= clock_timestamp() THEN o.value END AS value
              FROM outbox o WHERE o.bucket = c.bucket AND o.id > c.id ORDER BY o.id LIMIT ?) r
            ORDER BY r.id
            """;

    private static final String BACKLOG = """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)
            FROM (SELECT created_at FROM outbox WHERE available_at <= clock_timestamp() LIMIT 100000) waiting
            """;

    private static final String FEED_AGAIN = """
            WITH lost AS (
              DELETE FROM outbox_kept WHERE topic = ? AND partition = ? AND "offset" >= ?
              RETURNING bucket, id, topic, key, keyed, headers, value)
            INSERT INTO outbox (bucket, id, topic, key, keyed, headers, value, available_at)
            SELECT bucket, id, topic, key, keyed, headers, value, clock_timestamp() FROM lost
            ON CONFLICT DO NOTHING
            """;

    private static final String PRUNE_KEPT = """
            DELETE FROM outbox_kept WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM outbox_kept
              WHERE acknowledged_at < clock_timestamp() - ? * interval '1 millisecond' LIMIT 20000))
            """;

    private final JdbcTemplate jdbc;

    OutboxStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts the messages, in their order, and says of each under which id and whether it takes the fast path. */
    List<Inserted> insert(List<NewRow> rows, boolean fast, Duration grace) {
        int n = rows.size();
        var buckets = new Short[n];
        var topics = new String[n];
        var keys = new String[n];
        var keyed = new Boolean[n];
        var headers = new String[n];
        var values = new byte[n][];
        for (int i = 0; i < n; i++) {
            NewRow row = rows.get(i);
            buckets[i] = row.bucket();
            topics[i] = row.topic();
            keys[i] = row.key();
            keyed[i] = row.keyed();
            headers[i] = row.headers();
            values[i] = row.value();
        }
        return jdbc.query(
                INSERT,
                (rs, i) -> new Inserted(rs.getLong(1), rs.getBoolean(2)),
                fast,
                grace.toMillis(),
                buckets,
                topics,
                keys,
                keyed,
                headers,
                values);
    }

    /** Takes out what has been acknowledged; what only one broker holds is kept for a while. */
    void acknowledge(List<Acknowledged> acknowledged, Predicate<String> topicIsReplicated) {
        var replicated = acknowledged.stream()
                .filter(a -> topicIsReplicated.test(a.row().topic()))
                .toList();
        var single = acknowledged.stream()
                .filter(a -> !topicIsReplicated.test(a.row().topic()))
                .toList();
        if (!replicated.isEmpty()) {
            jdbc.update(DELETE, buckets(replicated), ids(replicated));
        }
        if (!single.isEmpty()) {
            jdbc.update(
                    KEEP,
                    buckets(single),
                    ids(single),
                    single.stream().map(Acknowledged::partition).toArray(Integer[]::new),
                    single.stream().map(Acknowledged::offset).toArray(Long[]::new));
        }
    }

    /** Hands rows of the fast path over to the relay. */
    void release(List<OutboxRow> rows) {
        jdbc.update(
                RELEASE,
                rows.stream().map(OutboxRow::bucket).toArray(Short[]::new),
                rows.stream().map(OutboxRow::id).toArray(Long[]::new));
    }

    /** The oldest rows after the given position of each bucket, by age. */
    List<PageRow> page(Short[] buckets, Long[] after, int perBucket) {
        return jdbc.query(PAGE, OutboxStore::pageRow, buckets, after, perBucket);
    }

    Waiting backlog() {
        return jdbc.query(BACKLOG, (rs, i) -> new Waiting(rs.getLong(1), Duration.ofMillis(rs.getLong(2))))
                .getFirst();
    }

    /** Puts kept rows from the offset on back to be sent; answers how many. */
    int feedAgain(String topic, int partition, long fromOffset) {
        return jdbc.update(FEED_AGAIN, topic, partition, fromOffset);
    }

    /** The highest acknowledged offset of each partition among the kept rows. */
    Map<TopicPartition, Long> highestKept() {
        var highest = new HashMap<TopicPartition, Long>();
        jdbc.query(
                "SELECT topic, partition, max(\"offset\") FROM outbox_kept GROUP BY topic, partition",
                rs -> {
                    highest.put(new TopicPartition(rs.getString(1), rs.getInt(2)), rs.getLong(3));
                });
        return highest;
    }

    /** Deletes kept rows that are old enough, a bounded number; answers how many. */
    int pruneKept(Duration keep) {
        return jdbc.update(PRUNE_KEPT, keep.toMillis());
    }

    private static Short[] buckets(List<Acknowledged> rows) {
        return rows.stream().map(a -> a.row().bucket()).toArray(Short[]::new);
    }

    private static Long[] ids(List<Acknowledged> rows) {
        return rows.stream().map(a -> a.row().id()).toArray(Long[]::new);
    }

    private static PageRow pageRow(ResultSet rs, int i) throws SQLException {
        byte[] value = rs.getBytes(8);
        return new PageRow(
                new OutboxRow(
                        rs.getShort(1),
                        rs.getLong(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getBoolean(5),
                        rs.getString(7),
                        value == null ? new byte[0] : value),
                value != null);
    }

    /** The bucket that a key falls into. */
    static short bucketOf(String key) {
        return (short) Math.floorMod(key.hashCode(), BUCKETS);
    }

    record NewRow(String topic, String key, boolean keyed, String headers, byte[] value) {
        short bucket() {
            return bucketOf(key);
        }
    }

    record Inserted(long id, boolean fast) {}

    record PageRow(OutboxRow row, boolean available) {}

    record Waiting(long rows, Duration oldest) {}
}

package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import io.mediasaga.messaging.outbox.Progress.Failed;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outbox in SQL. */
final class OutboxStore {

    static final int BUCKETS = 32;

    /** A row takes the fast path only when no older row of its topic and key is still there. */
    static final String INSERT = """
            INSERT INTO outbox (bucket, topic, key, keyed, headers, value, available_at)
            SELECT m.bucket, m.topic, m.key, m.keyed, m.headers, m.value,
                   CASE WHEN m.fast AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = m.key AND o.topic = m.topic)
                        THEN clock_timestamp() + ? * interval '1 millisecond' ELSE clock_timestamp() END
            FROM unnest(?::boolean[], ?::smallint[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[])
                 WITH ORDINALITY AS m (fast, bucket, topic, key, keyed, headers, value, ord)
            ORDER BY m.ord
            RETURNING id, available_at > clock_timestamp() + interval '1 millisecond'
            """;

    static final String DELETE = """
            DELETE FROM outbox o USING unnest(?::smallint[], ?::bigint[]) AS a (bucket, id)
            WHERE o.bucket = a.bucket AND o.id = a.id
            """;

    /** Acknowledged rows go to the slot of the time; see {@link KeptStore}. */
    static final String KEEP = """
            WITH gone AS (
              DELETE FROM outbox o USING unnest(?::smallint[], ?::bigint[], ?::int[], ?::bigint[]) AS a (bucket, id, partition, off)
              WHERE o.bucket = a.bucket AND o.id = a.id
              RETURNING o.bucket, o.id, o.topic, o.key, o.keyed, o.headers, o.value, a.partition, a.off)
            INSERT INTO outbox_kept (slot, bucket, id, topic, key, keyed, headers, value, partition, "offset")
            SELECT (extract(epoch FROM clock_timestamp())::bigint / ? % 3)::smallint,
                   bucket, id, topic, key, keyed, headers, value, partition, off FROM gone
            """;

    static final String RELEASE = """
            UPDATE outbox o SET available_at = clock_timestamp() + a.pause * interval '1 millisecond'
            FROM unnest(?::smallint[], ?::bigint[], ?::bigint[]) AS a (bucket, id, pause)
            WHERE o.bucket = a.bucket AND o.id = a.id
            """;

    /** Rows that their writer is still sending come along as well: they block their topic and key. */
    static final String PAGE = """
            SELECT r.bucket, r.id, r.topic, r.key, r.available, r.bytes
            FROM unnest(?::smallint[], ?::bigint[]) AS c (bucket, id)
            CROSS JOIN LATERAL (
              SELECT o.bucket, o.id, o.topic, o.key, o.available_at <= clock_timestamp() AS available,
                     octet_length(o.value) AS bytes
              FROM outbox o WHERE o.bucket = c.bucket AND o.id > c.id AND o.topic <> ALL (?::text[])
              ORDER BY o.bucket, o.id LIMIT ?) r
            ORDER BY r.id
            """;

    static final String LOAD = """
            SELECT o.bucket, o.id, o.topic, o.key, o.keyed, o.headers, o.value
            FROM unnest(?::smallint[], ?::bigint[]) AS a (bucket, id) JOIN outbox o ON o.bucket = a.bucket AND o.id = a.id
            ORDER BY o.id
            """;

    private static final String BACKLOG = """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)
            FROM (SELECT created_at FROM outbox WHERE available_at <= clock_timestamp() LIMIT 100000) waiting
            """;

    private static final Comparator<OutboxRow> LOCK_ORDER =
            Comparator.comparing(OutboxRow::bucket).thenComparing(OutboxRow::id);

    private final JdbcTemplate jdbc;
    private final Duration keep;

    OutboxStore(JdbcTemplate jdbc, Duration keep) {
        this.jdbc = jdbc;
        this.keep = keep;
    }

    /** Inserts the messages, in their order, and says of each under which id and whether it takes the fast path. */
    List<Inserted> insert(List<NewRow> rows, Predicate<NewRow> mayBeFast, Duration grace) {
        return jdbc.query(
                INSERT,
                (rs, i) -> new Inserted(rs.getLong(1), rs.getBoolean(2)),
                grace.toMillis(),
                column(rows, mayBeFast::test, Boolean[]::new),
                column(rows, NewRow::bucket, Short[]::new),
                column(rows, NewRow::topic, String[]::new),
                column(rows, NewRow::key, String[]::new),
                column(rows, NewRow::keyed, Boolean[]::new),
                column(rows, NewRow::headers, String[]::new),
                column(rows, NewRow::value, byte[][]::new));
    }

    /** Takes out what has been acknowledged; what only one broker holds is kept for a while. */
    void acknowledge(List<Acknowledged> acknowledged, Predicate<String> topicIsReplicated) {
        var replicated = new HashMap<String, Boolean>();
        var sorted = acknowledged.stream()
                .sorted(Comparator.comparing(Acknowledged::row, LOCK_ORDER))
                .toList();
        sorted.forEach(a -> replicated.computeIfAbsent(a.row().topic(), topicIsReplicated::test));
        var gone = sorted.stream()
                .filter(a -> replicated.getOrDefault(a.row().topic(), false))
                .toList();
        var kept = sorted.stream()
                .filter(a -> !replicated.getOrDefault(a.row().topic(), false))
                .toList();
        if (!gone.isEmpty()) {
            jdbc.update(
                    DELETE,
                    column(gone, a -> a.row().bucket(), Short[]::new),
                    column(gone, a -> a.row().id(), Long[]::new));
        }
        if (!kept.isEmpty()) {
            jdbc.update(
                    KEEP,
                    column(kept, a -> a.row().bucket(), Short[]::new),
                    column(kept, a -> a.row().id(), Long[]::new),
                    column(kept, Acknowledged::partition, Integer[]::new),
                    column(kept, Acknowledged::offset, Long[]::new),
                    keep.toSeconds());
        }
    }

    /** Leaves rows that could not be sent to the relay. */
    void release(List<Failed> failed) {
        var sorted = failed.stream()
                .sorted(Comparator.comparing(Failed::row, LOCK_ORDER))
                .toList();
        jdbc.update(
                RELEASE,
                column(sorted, f -> f.row().bucket(), Short[]::new),
                column(sorted, f -> f.row().id(), Long[]::new),
                column(sorted, f -> f.pause().toMillis(), Long[]::new));
    }

    /** Leaves rows to the relays of other replicas, at once. */
    void handOver(List<OutboxRow> rows) {
        if (!rows.isEmpty()) {
            release(rows.stream().map(row -> new Failed(row, Duration.ZERO)).toList());
        }
    }

    /** The oldest rows after the given position of each bucket, by age, without their contents. */
    List<Candidate> page(Short[] buckets, Long[] after, String[] withoutTopics, int perBucket) {
        return jdbc.query(
                PAGE,
                (rs, i) -> new Candidate(
                        new OutboxRow(rs.getShort(1), rs.getLong(2), rs.getString(3), rs.getString(4), true, "", new byte[0]),
                        rs.getBoolean(5),
                        rs.getInt(6)),
                buckets,
                after,
                withoutTopics,
                perBucket);
    }

    /** The rows with their contents, by age; those that have gone meanwhile are missing. */
    List<OutboxRow> load(List<Candidate> candidates) {
        return jdbc.query(
                LOAD,
                (rs, i) -> new OutboxRow(
                        rs.getShort(1),
                        rs.getLong(2),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getBoolean(5),
                        rs.getString(6),
                        rs.getBytes(7)),
                column(candidates, c -> c.row().bucket(), Short[]::new),
                column(candidates, c -> c.row().id(), Long[]::new));
    }

    Waiting backlog() {
        return jdbc.query(BACKLOG, (rs, i) -> new Waiting(rs.getLong(1), Duration.ofMillis(rs.getLong(2))))
                .getFirst();
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** The bucket that a key falls into. */
    static short bucketOf(String key) {
        return (short) Math.floorMod(key.hashCode(), BUCKETS);
    }

    record NewRow(String topic, String key, boolean keyed, String headers, byte[] value) {
        short bucket() {
            return bucketOf(key);
        }

        OutboxRow as(long id) {
            return new OutboxRow(bucket(), id, topic, key, keyed, headers, value);
        }
    }

    record Inserted(long id, boolean fast) {}

    /** A row without its contents. */
    record Candidate(OutboxRow row, boolean available, int bytes) {}

    record Waiting(long rows, Duration oldest) {}
}

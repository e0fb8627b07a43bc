package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import io.mediasaga.messaging.outbox.Progress.Failed;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outbox in SQL. */
final class OutboxStore {

    static final int BUCKETS = 32;

    /**
     * A row takes the fast path only when no older row of its topic and key is still there. That is asked by a scalar
     * subquery because NOT EXISTS may be carried out by hashing the whole table, and a plan that was made when the table was
     * empty is kept when it is not any more.
     */
    static final String INSERT = """
            INSERT INTO outbox (bucket, topic, key, keyed, headers, value, available_at)
            SELECT m.bucket, m.topic, m.key, m.keyed, m.headers, m.value,
                   CASE WHEN m.fast
                             AND (SELECT true FROM outbox o WHERE o.key = m.key AND o.topic = m.topic LIMIT 1) IS NULL
                        THEN clock_timestamp() + ? * interval '1 millisecond' ELSE clock_timestamp() END
            FROM unnest(?::boolean[], ?::smallint[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[])
                 WITH ORDINALITY AS m (fast, bucket, topic, key, keyed, headers, value, ord)
            ORDER BY m.ord
            RETURNING id, available_at > clock_timestamp() + interval '1 millisecond'
            """;

    /**
     * Rows by their keys. Through a lateral LIMIT and ctid, because a join may be carried out by reading the whole table.
     * Rows that another replica writes about at this very moment are passed over: waiting for them could end in a deadlock, of
     * the business transaction that this rides on; and at worst such a row is sent once more.
     */
    private static final String ROWS = """
            ctid = ANY (ARRAY(
              SELECT r.tid FROM unnest(?::smallint[], ?::bigint[]) AS k (bucket, id)
              CROSS JOIN LATERAL (
                SELECT o.ctid AS tid FROM outbox o WHERE o.bucket = k.bucket AND o.id = k.id
                LIMIT 1 FOR UPDATE SKIP LOCKED) r))
            """;

    static final String DELETE = "DELETE FROM outbox WHERE " + ROWS;

    /** Acknowledged rows go to the slot of the time; see {@link KeptStore}. */
    static final String KEEP = """
            WITH gone AS (DELETE FROM outbox WHERE %s RETURNING bucket, id, topic, key, keyed, headers, value)
            INSERT INTO outbox_kept (slot, bucket, id, topic, key, keyed, headers, value, partition, "offset")
            SELECT (extract(epoch FROM clock_timestamp())::bigint / ? %% 3)::smallint,
                   g.bucket, g.id, g.topic, g.key, g.keyed, g.headers, g.value, a.partition, a.off
            FROM gone g JOIN unnest(?::smallint[], ?::bigint[], ?::int[], ?::bigint[]) AS a (bucket, id, partition, off)
              ON g.bucket = a.bucket AND g.id = a.id
            """.formatted(ROWS);

    static final String RELEASE =
            "UPDATE outbox SET available_at = clock_timestamp() + ? * interval '1 millisecond' WHERE " + ROWS;

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
            SELECT r.* FROM unnest(?::smallint[], ?::bigint[]) AS k (bucket, id)
            CROSS JOIN LATERAL (
              SELECT o.bucket, o.id, o.topic, o.key, o.keyed, o.headers, o.value
              FROM outbox o WHERE o.bucket = k.bucket AND o.id = k.id LIMIT 1) r
            ORDER BY r.id
            """;

    private static final String BACKLOG = """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)
            FROM (SELECT created_at FROM outbox WHERE available_at <= clock_timestamp() LIMIT 100000) waiting
            """;

    private static final String UNSENT = """
            SELECT k.key FROM unnest(?::text[]) AS k (key)
            CROSS JOIN LATERAL (SELECT 1 FROM outbox o WHERE o.key = k.key AND o.topic <> ALL (?::text[]) LIMIT 1) waiting
            """;

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
        var byReplication = acknowledged.stream()
                .collect(Collectors.partitioningBy(a -> topicIsReplicated.test(a.row().topic())));
        var gone = byReplication.getOrDefault(true, List.of());
        var kept = byReplication.getOrDefault(false, List.of());
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
                    keep.toSeconds(),
                    column(kept, a -> a.row().bucket(), Short[]::new),
                    column(kept, a -> a.row().id(), Long[]::new),
                    column(kept, Acknowledged::partition, Integer[]::new),
                    column(kept, Acknowledged::offset, Long[]::new));
        }
    }

    /** Leaves rows that could not be sent to the relay. */
    void release(List<Failed> failed) {
        failed.stream()
                .collect(Collectors.groupingBy(Failed::pause, Collectors.mapping(Failed::row, Collectors.toList())))
                .forEach((pause, rows) -> jdbc.update(
                        RELEASE,
                        pause.toMillis(),
                        column(rows, OutboxRow::bucket, Short[]::new),
                        column(rows, OutboxRow::id, Long[]::new)));
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

    /** Makes room of rows that are gone; nobody waits for it, and it waits for nobody. Not in a transaction. */
    void vacuum() {
        jdbc.execute("VACUUM (SKIP_LOCKED, TRUNCATE FALSE, PARALLEL 0) outbox");
    }

    Waiting backlog() {
        return jdbc.query(BACKLOG, (rs, i) -> new Waiting(rs.getLong(1), Duration.ofMillis(rs.getLong(2))))
                .getFirst();
    }

    /** Those of the keys that have rows, those of some topics left out. */
    Set<String> unsent(Collection<String> keys, Collection<String> withoutTopics) {
        return Set.copyOf(jdbc.queryForList(
                UNSENT, String.class, keys.toArray(String[]::new), withoutTopics.toArray(String[]::new)));
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

        Lane lane() {
            return new Lane(topic, key);
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

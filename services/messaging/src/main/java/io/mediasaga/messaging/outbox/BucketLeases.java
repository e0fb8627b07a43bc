package io.mediasaga.messaging.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Shares the buckets out among the relays that are alive. A lease saves double work; order does not depend on it (see
 * {@link Dispatcher}), so a bucket may be taken over from a relay that holds more than its share. Not thread-safe.
 */
final class BucketLeases {

    /** Rows are locked in one order everywhere, so that relays do not deadlock. */
    private static final String RENEW = """
            WITH mine AS (
              SELECT bucket FROM outbox_bucket WHERE owner = ? AND leased_until > clock_timestamp()
              ORDER BY bucket FOR UPDATE)
            UPDATE outbox_bucket b SET leased_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM mine WHERE b.bucket = mine.bucket AND b.owner = ?
            """;
    private static final String STATE = """
            SELECT bucket, epoch, CASE WHEN leased_until > clock_timestamp() THEN owner END AS owner FROM outbox_bucket
            ORDER BY bucket
            """;
    private static final String TAKE = """
            WITH wanted AS (
              SELECT b.bucket FROM outbox_bucket b JOIN unnest(?::smallint[], ?::bigint[]) AS t (bucket, epoch)
                ON b.bucket = t.bucket AND b.epoch = t.epoch
              ORDER BY b.bucket FOR UPDATE OF b)
            UPDATE outbox_bucket b
            SET owner = ?, epoch = b.epoch + 1, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM wanted WHERE b.bucket = wanted.bucket
            """;
    private static final String RELEASE =
            "UPDATE outbox_bucket SET leased_until = '-infinity' WHERE owner = ? AND leased_until > clock_timestamp()";

    private final JdbcTemplate jdbc;
    private final String owner;
    private final Duration lease;
    private Short[] owned = {};
    private long balancedAt;
    private boolean known;

    BucketLeases(JdbcTemplate jdbc, String owner, Duration lease) {
        this.jdbc = jdbc;
        this.owner = owner;
        this.lease = lease;
    }

    /** The buckets that were owned when they were last balanced. */
    Short[] owned() {
        return owned;
    }

    /** Nothing is known any more: the next balancing looks again. */
    void forget() {
        known = false;
    }

    /**
     * Renews the leases and takes what is free, several times in the length of a lease.
     *
     * @param fairly whether to take from others as well what is missing to a fair share
     */
    void balance(boolean fairly) {
        if (known && System.nanoTime() - balancedAt < lease.dividedBy(5).toNanos()) {
            return;
        }
        jdbc.update(RENEW, owner, lease.toMillis(), owner);
        List<Bucket> state = state();
        Map<String, Long> held = state.stream()
                .filter(b -> b.owner() != null)
                .collect(Collectors.groupingBy(b -> String.valueOf(b.owner()), Collectors.counting()));
        held.putIfAbsent(owner, 0L);
        long share = state.size() / held.size();
        long missing = fairly ? share - held.getOrDefault(owner, 0L) : 0;
        if (missing > 0 || state.stream().anyMatch(b -> b.owner() == null)) {
            take(state, held, share, missing);
            state = state();
        }
        owned = state.stream()
                .filter(b -> owner.equals(b.owner()))
                .map(Bucket::number)
                .toArray(Short[]::new);
        balancedAt = System.nanoTime();
        known = true;
    }

    private void take(List<Bucket> state, Map<String, Long> held, long share, long missing) {
        var free = state.stream().filter(b -> b.owner() == null).toList();
        var surplus = state.stream()
                .filter(b -> b.owner() != null && !owner.equals(b.owner()))
                .filter(b -> held.merge(String.valueOf(b.owner()), -1L, Long::sum) >= share)
                .limit(Math.max(0, missing - free.size()))
                .toList();
        var wanted = Stream.concat(free.stream(), surplus.stream()).toList();
        jdbc.update(
                TAKE,
                wanted.stream().map(Bucket::number).toArray(Short[]::new),
                wanted.stream().map(Bucket::epoch).toArray(Long[]::new),
                owner,
                lease.toMillis());
    }

    private List<Bucket> state() {
        return jdbc.query(STATE, (rs, i) -> new Bucket(rs.getShort(1), rs.getLong(2), rs.getString(3)));
    }

    /** Gives everything back, so that others need not wait for the leases to run out. */
    void release() {
        jdbc.update(RELEASE, owner);
        owned = new Short[0];
        known = false;
    }

    private record Bucket(short number, long epoch, @Nullable String owner) {}
}

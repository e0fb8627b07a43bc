package io.mediasaga.messaging.work;

import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.effect.EffectStore.StepKey;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.envelope.InvalidEnvelopeException;
import io.mediasaga.messaging.outbox.HeaderText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Leases on work, in SQL. They go by the database's clock; the epoch fences a worker that lost its lease. Thread-safe. */
public final class WorkLeases {

    /**
     * Work of a compensation waits until the work that it undoes has stopped or lost its lease. A lease that has run out counts
     * as a run: its worker was killed, had no memory left, or was cut off; what kills every worker must come to an end.
     */
    private static final String CLAIM = """
            UPDATE work w
            SET owner = ?, epoch = w.epoch + 1, leased_until = clock_timestamp() + ? * interval '1 millisecond',
                runs = w.runs + CASE WHEN w.leased_until IS NULL THEN 0 ELSE 1 END,
                first_error = CASE WHEN w.leased_until IS NULL THEN w.first_error ELSE coalesce(w.first_error, ?) END,
                last_error = CASE WHEN w.leased_until IS NULL THEN w.last_error ELSE ? END
            FROM (SELECT c.saga_id, c.step FROM work c
                  WHERE c.next_run_at <= statement_timestamp()
                    AND (c.leased_until IS NULL OR c.leased_until < clock_timestamp())
                    AND NOT c.cancelled
                    AND NOT EXISTS (SELECT 1 FROM work u WHERE u.saga_id = c.saga_id AND u.step = c.compensates
                                                           AND u.leased_until > clock_timestamp())
                  ORDER BY c.next_run_at LIMIT ? FOR UPDATE SKIP LOCKED) due
            WHERE w.saga_id = due.saga_id AND w.step = due.step
            RETURNING w.*
            """;

    /** Only read, so that those who are ending their work need not wait. */
    private static final String HELD = """
            SELECT saga_id, step, epoch, leased_until < clock_timestamp() + ? * interval '1 millisecond'
            FROM work WHERE saga_id = ANY (?::text[]) AND owner = ? AND NOT cancelled
            """;

    /** What is locked at the moment is being ended or cancelled, and needs no renewal. */
    private static final String RENEW = """
            WITH held AS (
              SELECT w.saga_id, w.step FROM work w
              JOIN unnest(?::text[], ?::text[], ?::bigint[]) AS h (saga_id, step, epoch)
                ON w.saga_id = h.saga_id AND w.step = h.step AND w.epoch = h.epoch
              WHERE w.saga_id = ANY (?::text[]) AND w.owner = ? AND NOT w.cancelled
              FOR UPDATE OF w SKIP LOCKED)
            UPDATE work w SET leased_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM held WHERE w.saga_id = held.saga_id AND w.step = held.step
            """;

    private static final String FINISH = """
            DELETE FROM work w USING unnest(?::text[], ?::text[], ?::bigint[]) AS h (saga_id, step, epoch)
            WHERE w.saga_id = ANY (?::text[]) AND w.saga_id = h.saga_id AND w.step = h.step AND w.epoch = h.epoch
            RETURNING w.saga_id, w.step, w.epoch, w.attempt, w.cancelled
            """;

    private static final String FAILED = """
            UPDATE work SET runs = runs + 1, owner = NULL, leased_until = NULL,
                next_run_at = clock_timestamp() + ? * interval '1 millisecond',
                first_error = coalesce(first_error, ?), last_error = ?
            WHERE saga_id = ? AND step = ? AND epoch = ?
            """;

    /** Why a run failed whose worker never said so. */
    static final String ABANDONED = "The worker ended without an outcome: killed, out of memory, or cut off from the database";

    private final JdbcTemplate jdbc;
    private final EnvelopeCodec codec = EnvelopeCodec.unlimited();

    /** @param jdbc the service's database */
    public WorkLeases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes work that is due, at most so much. */
    List<Claim> claim(String owner, Duration lease, int limit) {
        return jdbc.query(CLAIM, this::claim, owner, lease.toMillis(), ABANDONED, ABANDONED, limit);
    }

    /** Answers the leases that are still held and not cancelled, and renews those that have lost a third of their time. */
    Set<LeaseKey> renew(String owner, Duration lease, Collection<LeaseKey> held) {
        var found = new HashSet<LeaseKey>();
        var due = new ArrayList<LeaseKey>();
        jdbc.query(
                HELD,
                rs -> {
                    var key = new LeaseKey(new StepKey(rs.getString(1), rs.getString(2)), rs.getLong(3));
                    found.add(key);
                    if (rs.getBoolean(4)) {
                        due.add(key);
                    }
                },
                lease.toMillis() * 2 / 3,
                sagas(held),
                owner);
        due.retainAll(held);
        if (!due.isEmpty()) {
            jdbc.update(RENEW, sagas(due), steps(due), epochs(due), sagas(due), owner, lease.toMillis());
        }
        return found;
    }

    private static String[] sagas(Collection<LeaseKey> keys) {
        return keys.stream().map(k -> k.step().sagaId()).toArray(String[]::new);
    }

    private static String[] steps(Collection<LeaseKey> keys) {
        return keys.stream().map(k -> k.step().step()).toArray(String[]::new);
    }

    private static Long[] epochs(Collection<LeaseKey> keys) {
        return keys.stream().map(LeaseKey::epoch).toArray(Long[]::new);
    }

    /** Ends the work whose leases are still held; answers the attempt to reply to, without what is cancelled or lost. */
    Map<LeaseKey, Finished> finish(Collection<LeaseKey> keys) {
        var finished = new HashMap<LeaseKey, Finished>();
        jdbc.query(
                FINISH,
                rs -> {
                    if (!rs.getBoolean(5)) {
                        finished.put(
                                new LeaseKey(new StepKey(rs.getString(1), rs.getString(2)), rs.getLong(3)),
                                new Finished(rs.getObject(4, Integer.class)));
                    }
                },
                sagas(keys),
                steps(keys),
                epochs(keys),
                sagas(keys));
        return finished;
    }

    /** Notes a failed run; the work is due again after the wait. */
    void failed(LeaseKey key, Duration wait, String error) {
        jdbc.update(
                FAILED,
                wait.toMillis(),
                error,
                error,
                key.step().sagaId(),
                key.step().step(),
                key.epoch());
    }

    /** Gives work back that was not done; it is due again after the wait. */
    void release(LeaseKey key, Duration wait) {
        jdbc.update(
                """
                UPDATE work SET owner = NULL, leased_until = NULL,
                    next_run_at = clock_timestamp() + ? * interval '1 millisecond'
                WHERE saga_id = ? AND step = ? AND epoch = ?
                """,
                wait.toMillis(),
                key.step().sagaId(),
                key.step().step(),
                key.epoch());
    }

    /** Removes cancelled work whose worker died. */
    void sweepCancelled() {
        jdbc.update(
                "DELETE FROM work WHERE cancelled AND (leased_until IS NULL OR leased_until < clock_timestamp())");
    }

    private Claim claim(ResultSet rs, int i) throws SQLException {
        byte[] value = rs.getBytes("value");
        try {
            var delivery = new Delivery(
                    rs.getString("topic"),
                    -1,
                    -1,
                    rs.getBoolean("keyed") ? rs.getString("key") : null,
                    HeaderText.read(rs.getString("headers")),
                    value,
                    codec.read(value));
            var step = new StepKey(rs.getString("saga_id"), rs.getString("step"));
            return new Claim(
                    new LeaseKey(step, rs.getLong("epoch")),
                    delivery,
                    rs.getInt("runs"),
                    rs.getString("first_error"));
        } catch (InvalidEnvelopeException e) {
            throw new IllegalStateException(
                    "A command that was readable when it came is not any more: " + e.getMessage(), e);
        }
    }

    /** A lease: work of a step, and the claim that it is held by. */
    record LeaseKey(StepKey step, long epoch) {}

    /** Claimed work; {@code runs} have failed, those without an outcome included. */
    record Claim(LeaseKey key, Delivery delivery, int runs, @Nullable String firstError) {

        /** The same with the delivery as part of its run. */
        Claim as(Delivery traced) {
            return traced == delivery ? this : new Claim(key, traced, runs, firstError);
        }
    }

    /** Work that has ended, and the attempt that the reply names. */
    record Finished(@Nullable Integer attempt) {}
}

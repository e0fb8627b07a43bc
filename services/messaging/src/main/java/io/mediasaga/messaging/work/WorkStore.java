package io.mediasaga.messaging.work;

import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.effect.EffectStore.StepKey;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.envelope.InvalidEnvelopeException;
import io.mediasaga.messaging.outbox.HeaderText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Leased work in SQL. Leases go by the database's clock; the epoch fences a worker that lost its lease. */
public final class WorkStore {

    private static final String INSERT = """
            INSERT INTO work (saga_id, step, compensates, topic, key, keyed, headers, value, attempt)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[], ?::int[])
            ON CONFLICT (saga_id, step) DO NOTHING
            """;

    /** Work of a compensation waits until the work that it undoes has stopped or lost its lease. */
    private static final String CLAIM = """
            UPDATE work w
            SET owner = ?, epoch = w.epoch + 1, leased_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM (SELECT c.saga_id, c.step FROM work c
                  WHERE c.next_run_at <= clock_timestamp()
                    AND (c.leased_until IS NULL OR c.leased_until < clock_timestamp())
                    AND NOT c.cancelled
                    AND NOT EXISTS (SELECT 1 FROM work u WHERE u.saga_id = c.saga_id AND u.step = c.compensates
                                                           AND u.leased_until > clock_timestamp())
                  ORDER BY c.next_run_at LIMIT ? FOR UPDATE SKIP LOCKED) due
            WHERE w.saga_id = due.saga_id AND w.step = due.step
            RETURNING w.*
            """;

    private static final String RENEW = """
            WITH held AS (
              SELECT w.saga_id, w.step FROM work w
              JOIN unnest(?::text[], ?::text[], ?::bigint[]) AS h (saga_id, step, epoch)
                ON w.saga_id = h.saga_id AND w.step = h.step AND w.epoch = h.epoch
              WHERE w.owner = ? AND NOT w.cancelled
              ORDER BY w.saga_id, w.step FOR UPDATE OF w)
            UPDATE work w SET leased_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM held WHERE w.saga_id = held.saga_id AND w.step = held.step
            RETURNING w.saga_id, w.step, w.epoch
            """;

    private static final String CANCEL = """
            WITH named AS (
              SELECT w.saga_id, w.step FROM work w JOIN unnest(?::text[], ?::text[]) AS c (saga_id, step)
                ON w.saga_id = c.saga_id AND w.step = c.step
              ORDER BY w.saga_id, w.step FOR UPDATE OF w)
            UPDATE work w SET cancelled = true FROM named WHERE w.saga_id = named.saga_id AND w.step = named.step
            """;

    private static final String DROP_UNCLAIMED = """
            DELETE FROM work w USING unnest(?::text[], ?::text[]) AS c (saga_id, step)
            WHERE w.saga_id = c.saga_id AND w.step = c.step
              AND (w.leased_until IS NULL OR w.leased_until < clock_timestamp())
            """;

    private static final String FAILED = """
            UPDATE work SET runs = runs + 1, owner = NULL, leased_until = NULL,
                next_run_at = clock_timestamp() + ? * interval '1 millisecond',
                first_error = coalesce(first_error, ?), last_error = ?
            WHERE saga_id = ? AND step = ? AND epoch = ?
            """;

    private final JdbcTemplate jdbc;
    private final EnvelopeCodec codec = EnvelopeCodec.unlimited();
    private final WorkSignal signal;

    /** @param signal wakes the runner when work has been added */
    public WorkStore(JdbcTemplate jdbc, WorkSignal signal) {
        this.jdbc = jdbc;
        this.signal = signal;
    }

    /** Work to be added: a command, and the step that it undoes if it is a compensation. */
    public record NewWork(Delivery delivery, @Nullable StepKey undone) {}

    /** Adds work; what is there already stays as it is. */
    public void add(List<NewWork> work) {
        if (work.isEmpty()) {
            return;
        }
        var deliveries = work.stream().map(NewWork::delivery).toList();
        jdbc.update(
                INSERT,
                texts(deliveries, d -> d.envelope().sagaId()),
                texts(deliveries, d -> d.envelope().step()),
                work.stream()
                        .map(w -> w.undone() == null ? null : w.undone().step())
                        .toArray(String[]::new),
                texts(deliveries, Delivery::topic),
                texts(deliveries, Delivery::orderingKey),
                deliveries.stream().map(d -> d.key() != null).toArray(Boolean[]::new),
                texts(deliveries, d -> HeaderText.write(d.headers())),
                deliveries.stream().map(Delivery::value).toArray(byte[][]::new),
                deliveries.stream().map(d -> d.envelope().attempt()).toArray(Integer[]::new));
        signal.wakeAfterCommit();
    }

    private static String[] texts(
            List<Delivery> deliveries, java.util.function.Function<Delivery, String> text) {
        return deliveries.stream().map(text).toArray(String[]::new);
    }

    /** Lets the reply name a later attempt of a step whose work is under way; answers false when it is not any more. */
    public boolean renumber(StepKey step, @Nullable Integer attempt) {
        return jdbc.update(
                        "UPDATE work SET attempt = greatest(attempt, ?::int) WHERE saga_id = ? AND step = ?",
                        attempt,
                        step.sagaId(),
                        step.step())
                == 1;
    }

    /** Cancels the work of the steps: what nobody does goes at once, the rest when its worker notices. */
    public void cancel(Collection<StepKey> steps) {
        String[] sagas = steps.stream().map(StepKey::sagaId).toArray(String[]::new);
        String[] names = steps.stream().map(StepKey::step).toArray(String[]::new);
        if (jdbc.update(CANCEL, sagas, names) > 0) {
            jdbc.update(DROP_UNCLAIMED, sagas, names);
        }
    }

    /** Takes work that is due, at most so much. */
    List<Claim> claim(String owner, Duration lease, int limit) {
        return jdbc.query(CLAIM, this::claim, owner, lease.toMillis(), limit);
    }

    /** Renews the leases and answers those that are still held and not cancelled. */
    List<LeaseKey> renew(String owner, Duration lease, Collection<LeaseKey> held) {
        return jdbc.query(
                RENEW,
                (rs, i) -> new LeaseKey(new StepKey(rs.getString(1), rs.getString(2)), rs.getLong(3)),
                held.stream().map(k -> k.step().sagaId()).toArray(String[]::new),
                held.stream().map(k -> k.step().step()).toArray(String[]::new),
                held.stream().map(LeaseKey::epoch).toArray(Long[]::new),
                owner,
                lease.toMillis());
    }

    /** Ends the work if the lease is still held; answers the attempt to reply to, nothing when it is cancelled or lost. */
    Optional<Finished> finish(LeaseKey key) {
        return jdbc
                .query(
                        "DELETE FROM work WHERE saga_id = ? AND step = ? AND epoch = ? RETURNING attempt, cancelled",
                        (rs, i) -> new Finished(rs.getObject(1, Integer.class), rs.getBoolean(2)),
                        key.step().sagaId(),
                        key.step().step(),
                        key.epoch())
                .stream()
                .findFirst()
                .filter(finished -> !finished.cancelled());
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

    /** Claimed work; {@code runs} have failed. */
    record Claim(LeaseKey key, Delivery delivery, int runs, @Nullable String firstError) {}

    /** Work that has ended, and the attempt that the reply names. */
    record Finished(@Nullable Integer attempt, boolean cancelled) {}
}

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Leased work in SQL. Leases go by the database's clock; the epoch fences a worker that lost its lease. */
public final class WorkStore {

    /** Some of it is claimed in the same statement, see {@link Addition}. */
    private static final String INSERT = """
            INSERT INTO work (saga_id, step, compensates, topic, key, keyed, headers, value, attempt, owner, epoch, leased_until)
            SELECT n.saga_id, n.step, n.compensates, n.topic, n.key, n.keyed, n.headers, n.value, n.attempt,
                   CASE WHEN n.claimed THEN ? END, CASE WHEN n.claimed THEN 1 ELSE 0 END,
                   CASE WHEN n.claimed THEN clock_timestamp() + ? * interval '1 millisecond' END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[], ?::int[],
                        ?::boolean[])
              AS n (saga_id, step, compensates, topic, key, keyed, headers, value, attempt, claimed)
            ORDER BY n.saga_id, n.step
            ON CONFLICT (saga_id, step) DO NOTHING
            RETURNING saga_id, step, epoch
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

    /** Adds work in the current transaction; what is there already stays as it is. */
    public void add(List<NewWork> work) {
        if (work.isEmpty()) {
            return;
        }
        var addition = new Addition(signal, (int) work.stream().filter(WorkStore::isClaimable).count());
        TransactionSynchronizationManager.registerSynchronization(addition);
        var claimed = new Boolean[work.size()];
        int places = addition.places();
        for (int i = 0; i < claimed.length; i++) {
            claimed[i] = places > 0 && isClaimable(work.get(i));
            places -= claimed[i] ? 1 : 0;
        }
        var byStep = new HashMap<StepKey, Delivery>();
        work.forEach(w -> byStep.put(stepOf(w.delivery()), w.delivery()));
        jdbc.query(
                INSERT,
                rs -> {
                    var key = new LeaseKey(new StepKey(rs.getString(1), rs.getString(2)), rs.getLong(3));
                    if (key.epoch() > 0) {
                        addition.claimed(new Claim(key, byStep.get(key.step()), 0, null));
                    }
                },
                columns(work, claimed, addition));
    }

    /** Work of a compensation may have to wait for other work, which whoever claims it looks at. */
    private static boolean isClaimable(NewWork work) {
        return work.undone() == null;
    }

    private static StepKey stepOf(Delivery delivery) {
        return new StepKey(delivery.envelope().sagaId(), delivery.envelope().step());
    }

    private static @Nullable Object[] columns(List<NewWork> work, Boolean[] claimed, Addition addition) {
        var deliveries = work.stream().map(NewWork::delivery).toList();
        return new @Nullable Object[] {
            addition.owner(),
            addition.leaseMillis(),
            texts(deliveries, d -> d.envelope().sagaId()),
            texts(deliveries, d -> d.envelope().step()),
            work.stream().map(w -> w.undone() == null ? null : w.undone().step()).toArray(String[]::new),
            texts(deliveries, Delivery::topic),
            texts(deliveries, Delivery::orderingKey),
            deliveries.stream().map(d -> d.key() != null).toArray(Boolean[]::new),
            texts(deliveries, d -> HeaderText.write(d.headers())),
            deliveries.stream().map(Delivery::value).toArray(byte[][]::new),
            deliveries.stream().map(d -> d.envelope().attempt()).toArray(Integer[]::new),
            claimed
        };
    }

    private static String[] texts(List<Delivery> deliveries, Function<Delivery, String> text) {
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

    /** Claimed work; {@code runs} have failed. */
    record Claim(LeaseKey key, Delivery delivery, int runs, @Nullable String firstError) {}

    /** Work that has ended, and the attempt that the reply names. */
    record Finished(@Nullable Integer attempt) {}
}

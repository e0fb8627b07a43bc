package io.mediasaga.messaging.work;

import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.effect.EffectStore.StepKey;
import io.mediasaga.messaging.outbox.HeaderText;
import io.mediasaga.messaging.work.WorkLeases.Claim;
import io.mediasaga.messaging.work.WorkLeases.LeaseKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Long commands that are to be done, in SQL: what the consumer's transactions do to them. See {@link WorkLeases}. */
public final class WorkStore {

    /**
     * Some of it is claimed in the same statement, see {@link Addition}. A step that is done anew, after a failure, begins with an
     * epoch beyond all earlier ones: a worker of the earlier attempt that lost its lease must not end this one.
     */
    private static final String INSERT = """
            INSERT INTO work (saga_id, step, compensates, topic, key, keyed, headers, value, attempt, owner, epoch, leased_until)
            SELECT n.saga_id, n.step, n.compensates, n.topic, n.key, n.keyed, n.headers, n.value, n.attempt,
                   CASE WHEN n.claimed THEN ? END, CASE WHEN EXISTS (SELECT FROM effect e WHERE e.saga_id = n.saga_id AND e.step = n.step)
                        THEN nextval('work_epoch') ELSE 0 END + CASE WHEN n.claimed THEN 1 ELSE 0 END,
                   CASE WHEN n.claimed THEN clock_timestamp() + ? * interval '1 millisecond' END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[], ?::int[],
                        ?::boolean[])
              AS n (saga_id, step, compensates, topic, key, keyed, headers, value, attempt, claimed)
            ORDER BY n.saga_id, n.step
            ON CONFLICT (saga_id, step) DO NOTHING
            RETURNING saga_id, step, epoch, owner IS NOT NULL
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

    private final JdbcTemplate jdbc;
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
                    if (rs.getBoolean(4)) { // (the epoch does not tell: that of a step done anew is never 0)
                        var key = new LeaseKey(new StepKey(rs.getString(1), rs.getString(2)), rs.getLong(3));
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


}

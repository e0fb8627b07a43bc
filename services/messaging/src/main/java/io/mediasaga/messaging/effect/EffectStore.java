package io.mediasaga.messaging.effect;

import io.mediasaga.messaging.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Outcomes of commands in SQL, unique by saga and step. */
public final class EffectStore {

    private static final String FIND = """
            SELECT r.* FROM unnest(?::text[], ?::text[]) AS k (saga_id, step)
            CROSS JOIN LATERAL (
              SELECT e.saga_id, e.step, e.status, e.attempt, e.payload
              FROM effect e WHERE e.saga_id = k.saga_id AND e.step = k.step LIMIT 1) r
            """;

    /** An outcome replaces an earlier failure or pending work, nothing else. */
    private static final String STORE = """
            INSERT INTO effect AS e (saga_id, step, status, attempt, payload)
            SELECT saga_id, step, status::"char", attempt, payload
            FROM unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[]) AS n (saga_id, step, status, attempt, payload)
            ORDER BY saga_id, step
            ON CONFLICT (saga_id, step) DO UPDATE
            SET status = excluded.status, attempt = excluded.attempt, payload = excluded.payload, updated_at = clock_timestamp()
            WHERE e.status IN ('f', 'p')
            """;

    private static final String LOCK = """
            SELECT 1 FROM (SELECT * FROM unnest(?::text[], ?::text[]) AS n (saga_id, step) ORDER BY saga_id, step) k
            CROSS JOIN LATERAL (
              SELECT 1 FROM effect e WHERE e.saga_id = k.saga_id AND e.step = k.step FOR UPDATE) r
            """;

    private static final String BURY = """
            INSERT INTO effect AS e (saga_id, step, status)
            SELECT saga_id, step, 't' FROM unnest(?::text[], ?::text[]) AS n (saga_id, step)
            ORDER BY saga_id, step
            ON CONFLICT (saga_id, step) DO UPDATE SET status = 't', updated_at = clock_timestamp()
            """;

    private static final String PRUNE = """
            DELETE FROM effect WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM effect
              WHERE updated_at < statement_timestamp() - ? * interval '1 second' AND status <> 'p' LIMIT 20000))
            """;

    private final JdbcTemplate jdbc;

    /** @param jdbc the service's database */
    public EffectStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The stored outcomes of the steps, as far as there are any. */
    public Map<StepKey, Effect> find(Collection<StepKey> keys) {
        var found = new HashMap<StepKey, Effect>();
        jdbc.query(
                FIND,
                rs -> {
                    var key = new StepKey(rs.getString(1), rs.getString(2));
                    found.put(
                            key,
                            new Effect(
                                    key,
                                    Status.of(rs.getString(3)),
                                    rs.getObject(4, Integer.class),
                                    rs.getString(5)));
                },
                sagas(keys),
                steps(keys));
        return found;
    }

    /**
     * Stores outcomes.
     *
     * @throws StepTakenException when somebody else stored one of them meanwhile: begin again
     */
    public void store(List<Effect> effects) {
        int stored = jdbc.update(
                STORE,
                effects.stream().map(e -> e.key().sagaId()).toArray(String[]::new),
                effects.stream().map(e -> e.key().step()).toArray(String[]::new),
                effects.stream().map(e -> e.status().code).toArray(String[]::new),
                effects.stream().map(Effect::attempt).toArray(Integer[]::new),
                effects.stream().map(Effect::payload).toArray(String[]::new));
        if (stored != effects.size()) {
            throw new StepTakenException();
        }
    }

    /** Locks the steps until the transaction ends; whoever wants their work as well has to take these locks first. */
    public void lock(Collection<StepKey> keys) {
        jdbc.query(LOCK, rs -> {}, sagas(keys), steps(keys));
    }

    /** Leaves tombstones: the steps are compensated, their commands are refused from now on. */
    public void bury(Collection<StepKey> keys) {
        jdbc.update(BURY, sagas(keys), steps(keys));
    }

    /** Forgets old outcomes, those of work that is still to be done excepted; a bounded number, and answers how many. */
    public int prune(Duration retention) {
        return jdbc.update(PRUNE, retention.toSeconds());
    }

    /** The status of a step whose handler gave the outcome. */
    public static Status statusOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success _ -> Status.SUCCESS;
            case Outcome.Failure _ -> Status.FAILURE;
        };
    }

    private static String[] sagas(Collection<StepKey> keys) {
        return keys.stream().map(StepKey::sagaId).toArray(String[]::new);
    }

    private static String[] steps(Collection<StepKey> keys) {
        return keys.stream().map(StepKey::step).toArray(String[]::new);
    }

    /** A step of a saga. */
    public record StepKey(String sagaId, String step) {}

    /** What came of a step's command. */
    public record Effect(StepKey key, Status status, @Nullable Integer attempt, @Nullable String payload) {}

    /** Success and failure are outcomes; pending work has none yet; a buried step is compensated. */
    public enum Status {
        SUCCESS("s"),
        FAILURE("f"),
        PENDING("p"),
        BURIED("t");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        static Status of(String code) {
            for (Status status : values()) {
                if (status.code.equals(code)) {
                    return status;
                }
            }
            throw new IllegalStateException("effect.status is '" + code + "', which this version does not know");
        }
    }
}

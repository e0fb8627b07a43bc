package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.mediasaga.orchestrator.OrchestratorProperties;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Forgets sagas that ended long ago, with their history, and old idempotency keys; a bounded number at once. */
@Component
class Housekeeping implements Looping {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MOST = 1000;

    private static final String PRUNE_SAGAS = """
            WITH old AS (
              DELETE FROM saga WHERE id = ANY (ARRAY(
                SELECT id FROM saga
                WHERE started_at < now() - ? * interval '1 second' AND ended_at < now() - ? * interval '1 second'
                ORDER BY started_at LIMIT ?))
              RETURNING id),
            lines AS (DELETE FROM saga_history h USING old WHERE h.saga_id = old.id)
            SELECT count(*) FROM old
            """;

    private static final String PRUNE_KEYS = """
            DELETE FROM start_key WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM start_key WHERE created_at < now() - ? * interval '1 second' LIMIT ?))
            """;

    private final JdbcTemplate jdbc;
    private final long sagaSeconds;
    private final long keySeconds;
    private final Loop loop = new Loop("housekeeping", INTERVAL, this::clean);

    Housekeeping(JdbcTemplate jdbc, OrchestratorProperties properties) {
        this.jdbc = jdbc;
        this.sagaSeconds = properties.retention().sagas().toSeconds();
        this.keySeconds = properties.starts().keyRetention().toSeconds();
    }

    /** Cleans up once; answers whether there is more. */
    boolean clean() {
        int keys = jdbc.update(PRUNE_KEYS, keySeconds, MOST);
        Long sagas = sagaSeconds == 0
                ? Long.valueOf(0)
                : jdbc.queryForObject(PRUNE_SAGAS, Long.class, sagaSeconds, sagaSeconds, MOST);
        return keys == MOST || (sagas != null && sagas == MOST);
    }

    @Override
    public Loop loop() {
        return loop;
    }
}

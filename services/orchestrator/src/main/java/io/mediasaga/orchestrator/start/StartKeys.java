package io.mediasaga.orchestrator.start;

import io.mediasaga.messaging.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Idempotency keys in SQL. A key is taken by an advisory lock until the transaction ends, and by its row ever after. */
@Repository
class StartKeys {

    private static final String TAKE = """
            SELECT key FROM unnest(?::text[]) AS k (key)
            WHERE pg_try_advisory_xact_lock(hashtextextended('start ' || key, 0))
            """;

    private static final String INSERT = """
            INSERT INTO start_key (key, body_hash, saga_id, answer)
            SELECT key, body_hash, saga_id, answer
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS k (key, body_hash, saga_id, answer)
            """;

    private final JdbcTemplate jdbc;

    StartKeys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A start that was made under a key. */
    record Known(String bodyHash, StartedSaga answer) {}

    /** Takes the keys until the transaction ends; answers those that nobody else has taken. */
    Set<String> take(Set<String> keys) {
        return new HashSet<>(jdbc.queryForList(TAKE, String.class, (Object) keys.toArray(String[]::new)));
    }

    /** What is known of the keys. Asked after they were taken, it stays true until the transaction ends. */
    Map<String, Known> known(Set<String> keys) {
        Map<String, Known> known = new HashMap<>();
        jdbc.query(
                "SELECT key, body_hash, answer FROM start_key WHERE key = ANY (?)",
                rs -> {
                    StartedSaga answer = Json.read(rs.getString(3), StartedSaga.class);
                    known.put(rs.getString(1), new Known(rs.getString(2), answer));
                },
                (Object) keys.toArray(String[]::new));
        return known;
    }

    /** Remembers the answers of starts that have a key. */
    void remember(List<Start> starts, List<StartedSaga> answers) {
        jdbc.update(
                INSERT,
                starts.stream().map(Start::key).toArray(String[]::new),
                starts.stream().map(Start::bodyHash).toArray(String[]::new),
                answers.stream().map(StartedSaga::sagaId).toArray(String[]::new),
                answers.stream().map(Json::write).toArray(String[]::new));
    }
}

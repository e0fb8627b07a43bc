package io.mediasaga.orchestrator.console.saga;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * How often each saga that somebody follows has changed. However many pages follow, the database is asked for all of them at once.
 * Safe for use from several threads.
 */
@Repository
class SagaVersions {

    private static final Duration FRESH = Duration.ofMillis(300);

    private final JdbcTemplate jdbc;
    private final Map<String, Integer> followed = new ConcurrentHashMap<>();
    private Map<String, Long> versions = Map.of();
    private long readAt;

    SagaVersions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** To be called before {@link #of}, and {@link #leave} after it for the last time. */
    void follow(String id) {
        followed.merge(id, 1, Integer::sum);
    }

    void leave(String id) {
        followed.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1);
    }

    /**
     * A number that grows with each change; empty when there is no such saga any more. While the database is away it stays as it was.
     */
    synchronized OptionalLong of(String id) {
        if (!versions.containsKey(id) || System.nanoTime() - readAt > FRESH.toNanos()) {
            try {
                versions = read();
            } catch (DataAccessException e) {
                if (!versions.containsKey(id)) {
                    throw e;
                }
            } finally {
                readAt = System.nanoTime();
            }
        }
        Long version = versions.get(id);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    private Map<String, Long> read() {
        Map<String, Long> found = new HashMap<>();
        jdbc.query(
                "SELECT id, version FROM saga WHERE id = ANY (?)",
                rs -> {
                    found.put(rs.getString(1), rs.getLong(2));
                },
                (Object) followed.keySet().toArray(String[]::new));
        return found;
    }
}

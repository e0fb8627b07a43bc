package io.mediasaga.orchestrator.saga;

import static io.mediasaga.orchestrator.saga.SqlArrays.texts;
import static io.mediasaga.orchestrator.saga.SqlArrays.times;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Timers in SQL. Only for who holds the saga, having just written it. */
@Repository
class TimerStore {

    private static final String SET = """
            INSERT INTO timer (saga_id, due_at)
            SELECT saga_id, due_at FROM unnest(?::text[], ?::text[]::timestamptz[]) AS t (saga_id, due_at)
            ON CONFLICT (saga_id) DO UPDATE SET due_at = excluded.due_at
            """;

    private static final String OVERDUE = """
            SELECT count(*) FROM (
              SELECT 1 FROM timer WHERE due_at < statement_timestamp() - interval '5 seconds' LIMIT ?) overdue
            """;

    private final JdbcTemplate jdbc;

    TimerStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the timers of the written sagas what the changes say. */
    void apply(List<Change> written) {
        List<Change> moved = written.stream().filter(Change::timerMoves).toList();
        List<Change> set = moved.stream().filter(change -> change.wakeAt() != null).toList();
        List<Change> gone = moved.stream().filter(change -> change.wakeAt() == null).toList();
        if (!set.isEmpty()) {
            jdbc.update(SET, texts(set, Change::id), times(set, Change::wakeAt));
        }
        if (!gone.isEmpty()) {
            jdbc.update("DELETE FROM timer WHERE saga_id = ANY (?)", (Object) texts(gone, Change::id));
        }
    }

    /** Leaves a timer that cannot be fired alone for a while. */
    void postpone(String sagaId, Duration by) {
        jdbc.update(
                "UPDATE timer SET due_at = clock_timestamp() + ? * interval '1 second' WHERE saga_id = ?",
                by.toSeconds(), sagaId);
    }

    /** How many sagas have been due for more than five seconds; counting stops at the limit. */
    long overdue(long limit) {
        Long count = jdbc.queryForObject(OVERDUE, Long.class, limit);
        return count == null ? 0 : count;
    }
}

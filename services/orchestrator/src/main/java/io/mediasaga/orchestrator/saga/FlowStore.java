package io.mediasaga.orchestrator.saga;

import static io.mediasaga.orchestrator.saga.SqlArrays.instant;

import io.mediasaga.orchestrator.engine.Standstill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** When messages flowed, in SQL; shared by all replicas, by the database's clock. */
@Repository
class FlowStore {

    /** Twice the interval of the pulse and what it may well be late. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    /**
     * All in one statement, so that nobody sees a pulse without the standstill before it. Standstills that follow closely are
     * one, and so they are disjoint.
     */
    private static final String BEAT = """
            WITH gap AS (
              SELECT at FROM pulse WHERE at < clock_timestamp() - ? * interval '1 millisecond' FOR UPDATE),
            joined AS (
              UPDATE standstill s SET ended_at = clock_timestamp() + ? * interval '1 millisecond'
              FROM gap WHERE s.ended_at >= gap.at RETURNING s.began_at),
            added AS (
              INSERT INTO standstill (began_at, ended_at)
              SELECT at, clock_timestamp() + ? * interval '1 millisecond' FROM gap
              WHERE NOT EXISTS (SELECT FROM joined)),
            old AS (DELETE FROM standstill USING gap WHERE ended_at < gap.at - interval '400 days'),
            beat AS (
              UPDATE pulse SET at = clock_timestamp()
              WHERE (SELECT count(*) FROM gap) >= 0 -- after the gap is read
                AND (at < clock_timestamp() - interval '500 milliseconds' OR at > clock_timestamp()))
            SELECT extract(epoch FROM clock_timestamp() - at) * 1000 FROM gap
            """;

    private static final String LOOK = """
            SELECT clock_timestamp(), EXISTS (SELECT FROM timer WHERE due_at <= statement_timestamp()),
                   EXISTS (SELECT FROM pulse WHERE at >= clock_timestamp() - ? * interval '1 millisecond')
            """;

    private final JdbcTemplate jdbc;

    FlowStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Messages flow at this moment. Where nobody has seen that for a while, the time since then is a standstill, and so is the
     * grace to come.
     *
     * @return how long messages did not flow, {@code null} when they did
     */
    @Nullable Duration beat(Duration grace) {
        return jdbc
                .query(
                        BEAT,
                        (rs, i) -> Duration.ofMillis(rs.getLong(1)),
                        TOLERANCE.toMillis(), grace.toMillis(), grace.toMillis())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * What there is for timers to do.
     *
     * @param now the database's time
     * @param anyDue whether any timer is due
     * @param flowing whether the pulse is fresh, and so every standstill is known
     */
    record Look(Instant now, boolean anyDue, boolean flowing) {}

    Look look() {
        return Objects.requireNonNull(jdbc.queryForObject(
                LOOK,
                (rs, i) -> new Look(Objects.requireNonNull(instant(rs, 1)), rs.getBoolean(2), rs.getBoolean(3)),
                TOLERANCE.toMillis()));
    }

    /** All standstills that may concern a saga, by age. */
    List<Standstill> standstills() {
        return jdbc.query(
                "SELECT began_at, ended_at FROM standstill ORDER BY began_at",
                (rs, i) -> new Standstill(
                        Objects.requireNonNull(instant(rs, 1)), Objects.requireNonNull(instant(rs, 2))));
    }
}

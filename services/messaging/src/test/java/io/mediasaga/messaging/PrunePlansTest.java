package io.mediasaga.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import io.mediasaga.messaging.inbox.InboxStore;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever forgets what is old does not read all that is young, of which there may be millions. */
class PrunePlansTest {

    private static final int ROWS = 200_000;

    @Test
    void nothingIsReadWhereNothingIsOldAndNoMoreThanThatWhereSomethingIs() {
        try (World world = new World()) {
            Replica replica = world.start();
            replica.listenNot();
            JdbcTemplate jdbc = replica.bean(JdbcTemplate.class);
            jdbc.update("""
                    INSERT INTO inbox (topic, message_id, received_at)
                    SELECT 't', 'm-' || i, now() - interval '6 days' + i * interval '1 second' FROM generate_series(1, %d) AS i
                    """.formatted(ROWS));
            jdbc.update("""
                    INSERT INTO effect (saga_id, step, status, updated_at)
                    SELECT 's-' || i, 'STEP', 's', now() - interval '6 days' + i * interval '1 second' FROM generate_series(1, %d) AS i
                    """.formatted(ROWS));
            jdbc.execute("VACUUM (ANALYZE) inbox");
            jdbc.execute("VACUUM (ANALYZE) effect");
            var inbox = replica.bean(InboxStore.class);
            var effects = replica.bean(EffectStore.class);

            for (Duration age : new Duration[] {Duration.ofDays(7), Duration.ofDays(6).minusSeconds(500)}) {
                int old = age.toDays() == 7 ? 0 : 499;
                assertThat(readOneByOne(replica, jdbc, "inbox", () -> inbox.prune(age), old)).isZero();
                assertThat(readOneByOne(replica, jdbc, "effect", () -> effects.prune(age), old)).isZero();
            }
        }
    }

    /** How many rows are read by going through the whole table. */
    private static long readOneByOne(Replica replica, JdbcTemplate jdbc, String table, IntSupplier prune, int expected) {
        return Objects.requireNonNull(new TransactionTemplate(replica.bean(PlatformTransactionManager.class)).execute(status -> {
            long before = read(jdbc, table); // by this connection, for instance when it vacuumed
            assertThat(prune.getAsInt()).isBetween(expected, expected + 60);
            return read(jdbc, table) - before;
        }));
    }

    private static long read(JdbcTemplate jdbc, String table) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE schemaname = current_schema AND relname = ?", Long.class, table));
    }
}

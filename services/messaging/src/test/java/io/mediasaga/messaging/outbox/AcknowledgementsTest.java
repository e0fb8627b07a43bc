package io.mediasaga.messaging.outbox;

import static io.mediasaga.messaging.harness.Messages.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What transactions carry along, and what not; without a relay, which would do the rest a moment later. */
class AcknowledgementsTest {

    private static final int WORTH_IT = 16;

    @Test
    void acknowledgementsRideAlongWhenThereAreEnoughOrTheirKeyIsWrittenToAgain() {
        try (World world = new World()) {
            Replica replica = world.start();
            var reader = world.kafka().reader(Parcels.SENT);
            write(replica, id("k")); // by the relay, as nobody knows yet that the topic is there
            await().until(() -> world.count("SELECT count(*) FROM outbox") == 0);
            replica.bean(Relay.class).stop();
            String key = id("k");

            send(replica, reader, key);
            String other = id("k");
            send(replica, reader, other);
            assertThat(rows(world, key)).as("nobody waits for one acknowledgement").isEqualTo(1);

            // It is sent, though there is no relay: so the row before it was known to be gone.
            send(replica, reader, key);
            assertThat(rows(world, key)).isEqualTo(1);
            assertThat(rows(world, other)).as("it went along").isZero();

            for (int i = 0; i < 3 * WORTH_IT; i++) {
                send(replica, reader, id("k"));
            }
            assertThat(world.count("SELECT count(*) FROM outbox")).isLessThanOrEqualTo(WORTH_IT + 2);
        }
    }

    @Test
    void theTransactionOfABatchKeepsItsPlansAndNoOtherDoes() {
        try (World world = new World()) {
            Replica replica = world.start();
            var jdbc = new JdbcTemplate(replica.bean(DataSource.class));
            replica.inTransaction(() -> {
                new InboxStore(jdbc).take(List.of());
                assertThat(mode(jdbc)).isEqualTo("force_generic_plan");
            });
            assertThat(mode(jdbc)).isEqualTo("auto");
        }
    }

    private static String mode(JdbcTemplate jdbc) {
        return String.valueOf(jdbc.queryForObject("SHOW plan_cache_mode", String.class));
    }

    /** Sends a message of the key and returns when the broker has it, and has said so. */
    private static void send(Replica replica, Reader reader, String key) {
        int had = (int) reader.read().stream().filter(seen -> key.equals(seen.key())).count();
        write(replica, key);
        reader.await(had + 1, seen -> key.equals(seen.key()));
        Dispatcher dispatcher = replica.bean(OutboxConfiguration.Parts.class).dispatcher();
        await().until(() -> dispatcher.hasProgressOf(Set.of(new Lane(Parcels.SENT, key))));
    }

    private static void write(Replica replica, String key) {
        replica.inTransaction(() -> replica.bean(Outbox.class).send(new OutgoingMessage(
                Parcels.SENT, key, new Envelope(id("m"), key, "N", "N", Instant.now(), "{}", null, 1, null), null)));
    }

    private static int rows(World world, String key) {
        return world.count("SELECT count(*) FROM outbox WHERE key = ?", key);
    }
}

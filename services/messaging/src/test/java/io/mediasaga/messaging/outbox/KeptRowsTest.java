package io.mediasaga.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Messages;
import io.mediasaga.messaging.harness.World;
import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import io.mediasaga.messaging.outbox.OutboxStore.NewRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Point 8: what two brokers hold goes when it is acknowledged, what one holds is kept for a while. */
class KeptRowsTest {

    static final Duration KEEP = Duration.ofSeconds(1);
    static World world;

    @BeforeAll
    static void migrate() {
        world = new World();
        world.start().close();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Acknowledged acknowledgedRow(OutboxStore store, String topic) {
        var row = new NewRow(topic, "key", true, "{}", new byte[] {1});
        long id = store.insert(List.of(row), r -> true, Duration.ofMinutes(1)).getFirst().id();
        return new Acknowledged(row.as(id), 0, 17);
    }

    private static int kept(String topic) {
        return world.count("SELECT count(*) FROM outbox_kept WHERE topic = ?", topic);
    }

    @Test
    void onlyRowsOfTopicsThatOneBrokerHoldsAreKept() {
        var store = new OutboxStore(world.sql(), KEEP);
        String safe = Messages.id("safe");
        String single = Messages.id("single");
        var both = List.of(acknowledgedRow(store, safe), acknowledgedRow(store, single));

        store.acknowledge(both, safe::equals);

        assertThat(world.count("SELECT count(*) FROM outbox WHERE topic IN (?, ?)", safe, single)).isZero();
        assertThat(kept(safe)).isZero();
        assertThat(kept(single)).isEqualTo(1);
    }

    @Test
    void keptRowsStayForTheirTimeAndGoAfterItsDouble() {
        var store = new OutboxStore(world.sql(), KEEP);
        var kept = new KeptStore(world.sql(), KEEP);
        String topic = Messages.id("single");
        Acknowledged row = acknowledgedRow(store, topic);
        long since = System.nanoTime();
        store.acknowledge(List.of(row), t -> false);

        await().until(() -> {
            kept.prune();
            return kept(topic) == 0;
        });

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(KEEP);
    }

    @Test
    void theTopicsOwnSettingTellsHowManyBrokersHoldIt() throws Exception {
        String topic = Messages.id("safe");
        world.kafka().create(List.of(topic));
        var durability = new Durability(world.kafka().admin());
        assertThat(durability.isReplicated(topic)).as("what is not known").isFalse();
        durability.refresh();
        assertThat(durability.isReplicated(topic)).isFalse();

        var two = new AlterConfigOp(new ConfigEntry("min.insync.replicas", "2"), AlterConfigOp.OpType.SET);
        world.kafka()
                .admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), Set.of(two)))
                .all()
                .get();

        await().untilAsserted(() -> {
            durability.refresh();
            assertThat(durability.isReplicated(topic)).isTrue();
        });
    }
}

package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** From Kafka to the ledger. */
class QuotaMessagesTest extends QuotaIntegration {

    private final String owner = id();
    private final String asset = id();
    private final String saga = id();

    @Test
    void aReservationBecomesUsageWhenTheAssetIsPublished() throws Exception {
        String reserve = message("QuotaReserve", "RESERVE_QUOTA", "\"bytes\": 700, \"expires_at\": \"2099-01-01T00:00:00Z\"");
        String published = message("AssetPublished", "MARK_PUBLISHED", "\"unknown\": true");

        deliver("commands.quota.reserve", reserve, reserve);
        await().until(() -> reader.find(owner).reservedBytes() == 700);
        deliver("events.asset.published", published, published);
        await().until(() -> reader.find(owner).usedBytes() == 700);

        assertAccount(owner, 0, 0, 700, 1);
    }

    @Test
    void aReleaseThatOvertakesItsReservationLeavesNothingReserved() throws Exception {
        String marker = id();
        deliver("commands.quota.release", message("QuotaRelease", "RELEASE_QUOTA", "\"unknown\": 1"));
        await().until(() -> effects() == 2);

        deliver("commands.quota.reserve", message("QuotaReserve", "RESERVE_QUOTA", "\"bytes\": 700"));
        deliver("commands.quota.reserve", message("QuotaReserve", "RESERVE_QUOTA", "\"bytes\": 1")
                .replace(asset, marker).replace(saga, marker).replace(owner, marker));

        await().until(() -> reader.find(marker).reservedBytes() == 1);
        assertThat(reader.find(owner).reservedBytes()).isZero();
        assertBalanced();
    }

    /** The release's own and the tombstone of the reservation. */
    private long effects() {
        return jdbc.sql("SELECT count(*) FROM effect WHERE saga_id = ?").param(saga).query(Long.class).single();
    }

    private String message(String type, String step, String more) {
        return """
                {"message_id": "%s", "saga_id": "%s", "type": "%s", "step": "%s", "created_at": "2026-01-10T12:00:00Z",
                 "payload": {"asset_id": "%s", "owner_id": "%s", %s}}""".formatted(id(), saga, type, step, asset, owner, more);
    }

    private void deliver(String topic, String... messages) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", EmbeddedServers.shared().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String message : messages) {
                // One partition: the order of sending is that of handling.
                producer.send(new ProducerRecord<>(topic, 0, null, message)).get();
            }
        }
    }
}

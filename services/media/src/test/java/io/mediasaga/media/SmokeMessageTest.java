package io.mediasaga.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain Kafka producer, no key, no headers: the contract alone is enough. */
class SmokeMessageTest extends MediaIntegration {

    private static final String SMOKE = """
            {"message_id":"m1","saga_id":"s1","type":"AssetCreate","step":"CREATE_ASSET",\
            "created_at":"2026-01-10T12:00:00Z","payload":{"asset_id":"a1"}}""";

    private final String servers = EmbeddedServers.shared().kafka().bootstrapServers();

    @Test
    void sentTwiceItRegistersOnceAndIsAnsweredOnce() throws Exception {
        send("commands.asset.create", SMOKE, SMOKE);
        await().until(() -> reader.find("a1").isPresent());

        // Whatever comes later on the topic has been handled after both.
        send("commands.asset.create", SMOKE.replace("m1", "m2").replace("s1", "s2").replace("a1", "a2"));
        List<JsonNode> events = read("events.asset.created", "s2");

        assertThat(events).filteredOn(e -> e.get("saga_id").asString().equals("s1")).singleElement().satisfies(event -> {
            assertThat(event.get("type").asString()).isEqualTo("AssetCreated");
            assertThat(event.get("step").asString()).isEqualTo("CREATE_ASSET");
            assertThat(event.get("payload").get("asset_id").asString()).isEqualTo("a1");
        });
        assertThat(asset("a1").status()).isEqualTo(AssetStatus.PENDING);
        assertThat(get("/a1").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusalNamesItsReason() throws Exception {
        String taken = id();
        send("commands.asset.create", create("m-" + taken, "first", taken), create("n-" + taken, "second", taken));

        List<JsonNode> events = read("events.asset.failed", "second");

        assertThat(events.getLast().get("type").asString()).isEqualTo("AssetCreateFailed");
        assertThat(events.getLast().get("payload").get("code").asString()).isEqualTo("ASSET_EXISTS");
        assertThat(events.getLast().get("payload").get("retryable").asBoolean()).isFalse();
    }

    private static String create(String messageId, String sagaId, String assetId) {
        return SMOKE.replace("m1", messageId).replace("\"s1\"", '"' + sagaId + '"').replace("a1", assetId);
    }

    private void send(String topic, String... messages) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            for (String message : messages) {
                producer.send(new ProducerRecord<>(topic, 0, null, message)).get();
            }
        }
    }

    /** Reads the topic from its beginning until a message of the saga has come. */
    private List<JsonNode> read(String topic, String sagaId) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest", "group.id", id());
        List<JsonNode> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> events.add(JsonMapper.shared().readTree(r.value())));
                return events.stream().anyMatch(e -> e.get("saga_id").asString().equals(sagaId));
            });
        }
        return events;
    }
}

package io.mediasaga.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rest of the platform, as a service under test sees it: plain Kafka clients. For one thread. */
public final class Wire implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final List<JsonNode> heard = new ArrayList<>();

    /** @param topics what to listen to, from their beginning */
    public Wire(String servers, Collection<String> topics) {
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "group.id", "test-" + UUID.randomUUID(), "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "500"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(topics);
    }

    /** Sends a message with the saga's id as its key. */
    public void send(String topic, String sagaId, String step, String type, Map<String, ?> payload) {
        Map<String, Object> envelope = Map.of(
                "message_id", UUID.randomUUID().toString(), "saga_id", sagaId, "type", type, "step", step,
                "created_at", Instant.now().toString(), "payload", payload);
        producer.send(new ProducerRecord<>(topic, sagaId, JSON.writeValueAsString(envelope)));
        producer.flush();
    }

    /**
     * The first message for the saga of one of the types.
     *
     * @throws AssertionError when none comes within a minute
     */
    public JsonNode await(String sagaId, String... types) {
        Predicate<JsonNode> wanted = message -> sagaId.equals(message.path("saga_id").asString())
                && List.of(types).contains(message.path("type").asString());
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (heard.stream().noneMatch(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no %s of saga %s came".formatted(List.of(types), sagaId));
            }
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                heard.add(JSON.readTree(message.value()));
            }
        }
        return heard.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** The messages for the saga of a type that have come while others were waited for. */
    public List<JsonNode> heard(String sagaId, String type) {
        return heard.stream()
                .filter(m -> sagaId.equals(m.path("saga_id").asString()) && type.equals(m.path("type").asString()))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}

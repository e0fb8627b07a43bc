package io.mediasaga.ingest.support;

import io.mediasaga.messaging.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Kafka as the orchestrator sees it. For one thread. */
public final class Wire implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

    public Wire(String servers) {
        // The one topic of ingest that is no reply: the orchestrator makes it for the saga.
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("events.ingest.uploaded", 2, (short) 1)));
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", servers,
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "500"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(
                List.of("events.ingest.ready", "events.ingest.uploaded", "events.ingest.failed", "events.ingest.cleaned"));
    }

    /** Sends a message as any producer may. */
    public void send(String topic, String saga, String type, String step, String payload) {
        String message = """
                {"message_id": "%s", "saga_id": "%s", "type": "%s", "step": "%s", "created_at": "2026-01-10T12:00:00Z", "payload": %s}"""
                .formatted(UUID.randomUUID(), saga, type, step, payload);
        producer.send(new ProducerRecord<>(topic, saga, message));
        producer.flush();
    }

    /** The saga's first message on the topic. */
    public JsonNode await(String topic, String saga) {
        Awaitility.await().pollInSameThread().until(() -> !seen(topic, saga).isEmpty());
        return seen(topic, saga).getFirst();
    }

    /** The saga's messages on the topic so far. */
    public List<JsonNode> seen(String topic, String saga) {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        return seen.stream()
                .filter(each -> each.topic().equals(topic))
                .map(each -> Json.mapper().readTree(each.value()))
                .filter(each -> each.path("saga_id").asString().equals(saga))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}

package io.mediasaga.orchestrator.support;

import io.mediasaga.crd.definition.ResolvedReply;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All participants of a definition as one plain Kafka client that knows nothing but the envelope. It does what the script
 * for a saga's city says, and success where there is none.
 */
public final class Participants implements AutoCloseable {

    /** What a participant does with a command. */
    public enum Does {
        SUCCEED, FAIL, REFUSE, STAY_SILENT
    }

    private final SagaDefinition definition;
    private final KafkaProducer<String, String> producer;
    private final Thread thread;
    private final Map<String, Map<String, Does>> scripts = new ConcurrentHashMap<>();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;

    public Participants(SagaDefinition definition, String bootstrapServers) {
        this.definition = definition;
        Set<String> topics = new HashSet<>(definition.sentTopics());
        topics.addAll(definition.replyTopics());
        topics.addAll(definition.deadLetterTopics());
        create(topics, bootstrapServers);
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(), new StringSerializer());
        this.thread = Thread.ofPlatform().name("participants").daemon(true).start(() -> run(bootstrapServers));
    }

    private static void create(Set<String> topics, String bootstrapServers) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            topics.removeAll(admin.listTopics().names().get());
            admin.createTopics(topics.stream().map(t -> new NewTopic(t, 3, (short) 1)).toList()).all().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on, commands of the step (wire name) of the saga are treated so. */
    public void script(String sagaId, String step, Does does) {
        scripts.computeIfAbsent(sagaId, id -> new ConcurrentHashMap<>()).put(step, does);
    }

    /** The commands and final events of a saga that have come, in order. */
    public List<JsonNode> received(String sagaId) {
        return received.stream().filter(m -> m.get("saga_id").asString().equals(sagaId)).toList();
    }

    public List<String> receivedTypes(String sagaId) {
        return received(sagaId).stream().map(m -> m.get("type").asString()).toList();
    }

    public boolean any(Predicate<JsonNode> matching) {
        return received.stream().anyMatch(matching);
    }

    private void run(String bootstrapServers) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG, "participants-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(definition.sentTopics());
            while (running) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> take(record.value()));
            }
        }
    }

    private void take(String value) {
        JsonNode message = Json.mapper().readTree(value);
        received.add(message);
        String step = message.get("step").asString();
        Does does = scripts.getOrDefault(message.get("saga_id").asString(), Map.of()).getOrDefault(step, Does.SUCCEED);
        if (does == Does.STAY_SILENT) {
            return;
        }
        boolean success = does == Does.SUCCEED;
        ResolvedReply reply = reply(step, success);
        if (reply != null) {
            Map<String, Object> payload = success
                    ? Map.of("room", "42", "ignored", "x")
                    : Map.of("code", "NO", "reason", step + " is not possible.", "retryable", does == Does.FAIL);
            send(reply, message, step, payload);
        }
    }

    private void send(ResolvedReply reply, JsonNode command, String step, Map<String, Object> payload) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("message_id", UUID.randomUUID().toString());
        envelope.put("saga_id", command.get("saga_id").asString());
        envelope.put("type", reply.type());
        envelope.put("step", step);
        envelope.put("created_at", Instant.now().toString());
        envelope.put("payload", payload);
        if (command.has("attempt")) {
            envelope.put("attempt", command.get("attempt").intValue());
        }
        producer.send(new ProducerRecord<>(reply.topic(), command.get("saga_id").asString(), Json.write(envelope)));
    }

    /** Answers a command that has come and was met with silence: success. */
    public void answer(String sagaId, String step) {
        JsonNode command = received(sagaId).stream()
                .filter(message -> message.get("step").asString().equals(step))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        send(Objects.requireNonNull(reply(step, true)), command, step, Map.of("room", "43"));
    }

    /** Sends anything at all. */
    public void sendRaw(String topic, @Nullable String key, String value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a dead letter as the library would. */
    public void sendDead(String topic, String key, String value, Map<String, String> headers) {
        var record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable ResolvedReply reply(String wireName, boolean success) {
        for (var step : definition.steps()) {
            var undo = step.compensation();
            if (step.wireName().equals(wireName)) {
                return success ? step.success() : step.failure();
            }
            if (undo != null && undo.wireName().equals(wireName)) {
                return success ? undo.success() : undo.failure();
            }
        }
        return null;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }
}

package io.mediasaga.messaging.harness;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads topics from a moment on and keeps what it has read. For one thread. */
public final class Reader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Seen> seen = new ArrayList<>();

    /** A record that has been read. */
    public record Seen(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            byte @Nullable [] bytes,
            Map<String, String> headers) {

        /** The value as text. */
        public String text() {
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        }

        /** The value as JSON. */
        public JsonNode json() {
            return JSON.readTree(text());
        }

        /** A field of the envelope. */
        public String field(String name) {
            return json().path(name).asString("");
        }

        /** Whether it belongs to the saga. */
        public boolean of(String sagaId) {
            return text().contains("\"" + sagaId + "\"");
        }
    }

    Reader(String bootstrap, Map<TopicPartition, Long> from) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
    }

    /** Reads what was there before as well. */
    public void seekToBeginning() {
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Everything so far. */
    public List<Seen> read() {
        for (var record : consumer.poll(Duration.ofMillis(50))) {
            var headers = new HashMap<String, String>();
            record.headers()
                    .forEach(h -> headers.put(
                            h.key(), h.value() == null ? "" : new String(h.value(), StandardCharsets.UTF_8)));
            seen.add(new Seen(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                    record.value(),
                    headers));
        }
        return List.copyOf(seen);
    }

    /** Waits until so many that match have come, and answers them as they came. */
    public List<Seen> await(int count, Predicate<Seen> wanted) {
        return org.awaitility.Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> read().stream().filter(wanted).toList(), found -> found.size() >= count);
    }

    /** Waits until there are so many messages of the saga, each counted once, and answers them. */
    public List<Seen> await(int count, String sagaId) {
        await(count, s -> s.of(sagaId));
        return org.awaitility.Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> of(sagaId), found -> found.size() >= count);
    }

    /** Waits for the first message of the saga. */
    public Seen awaitOne(String sagaId) {
        return await(1, s -> s.of(sagaId)).getFirst();
    }

    /** Those of the saga so far, each once: a message may be sent twice. */
    public List<Seen> of(String sagaId) {
        return once(read().stream().filter(s -> s.of(sagaId)));
    }

    private static List<Seen> once(Stream<Seen> seen) {
        var ids = new HashSet<String>();
        return seen.filter(s -> ids.add(s.topic() + " " + s.field("message_id"))).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

package io.mediasaga.standalone.verify.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the topics of commands and events from their beginning to their end into the table {@code record}; later calls read on. */
final class TopicReader implements AutoCloseable {

    private static final String INSERT = """
            INSERT INTO record (topic, partition, pos, key, message_id, saga_id, type, step, attempt, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JsonMapper json = JsonMapper.builder().build();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private boolean assigned;

    TopicReader(String kafka) {
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads what has come since the last call. */
    void readOn(Connection database) throws SQLException {
        if (!assigned) {
            List<TopicPartition> partitions = consumer.listTopics(PATIENCE).entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith("commands.") || topic.getKey().startsWith("events."))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            assigned = true;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Kafka's topics cannot be read to their end");
            }
            try (PreparedStatement insert = database.prepareStatement(INSERT)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    add(record, insert);
                }
                insert.executeBatch();
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, PreparedStatement insert) throws SQLException {
        JsonNode envelope = envelope(record.value());
        insert.setString(1, record.topic());
        insert.setInt(2, record.partition());
        insert.setLong(3, record.offset());
        insert.setString(4, record.key() == null ? "" : new String(record.key(), java.nio.charset.StandardCharsets.UTF_8));
        insert.setString(5, envelope.path("message_id").asString("unreadable"));
        insert.setString(6, envelope.path("saga_id").asString(""));
        insert.setString(7, envelope.path("type").asString(""));
        insert.setString(8, envelope.path("step").asString(""));
        if (envelope.path("attempt").isNumber()) {
            insert.setInt(9, envelope.path("attempt").asInt());
        } else {
            insert.setNull(9, Types.INTEGER);
        }
        insert.setString(10, digest(envelope.path("payload").toString()));
        insert.addBatch();
    }

    private JsonNode envelope(byte[] value) {
        try {
            return json.readTree(value);
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

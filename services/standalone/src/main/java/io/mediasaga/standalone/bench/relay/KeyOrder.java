package io.mediasaga.standalone.bench.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic whose records carry, for each key, the numbers from 0 on, and looks whether each came first in its turn. */
final class KeyOrder {

    private final Map<String, Integer> next = new HashMap<>();
    private long repeated;
    private long outOfOrder;

    long repeated() {
        return repeated;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    /** How many of the rows that were to come have not come in order. */
    long missing(long rows) {
        return rows - next.values().stream().mapToLong(Integer::longValue).sum();
    }

    void read(String kafka, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    take(new String(record.key(), StandardCharsets.UTF_8), number(record.value()));
                }
            }
        }
    }

    /** The number stands before the first blank. */
    private static int number(byte[] value) {
        String text = new String(value, StandardCharsets.US_ASCII);
        return Integer.parseInt(text, 0, text.indexOf(' '), 10);
    }

    void take(String key, int number) {
        int expected = next.getOrDefault(key, 0);
        if (number == expected) {
            next.put(key, expected + 1);
        } else if (number < expected) {
            repeated++;
        } else {
            outOfOrder++;
        }
    }
}

package io.mediasaga.messaging.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a consumer has got. Kafka is told now and then and not after each batch: what is lost of it by a crash is delivered
 * again, and the inbox knows it. Not thread-safe; everything happens on the consumer's thread.
 */
final class ProcessedOffsets {

    private static final Logger log = LoggerFactory.getLogger(ProcessedOffsets.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final long interval;
    private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
    private long toldAt = System.nanoTime();

    /** @param interval how often Kafka is told, at most */
    ProcessedOffsets(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** The records, ordered within each partition, are handled for good. */
    void processed(List<ConsumerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            untold.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        }
    }

    /** Tells Kafka, without waiting for the answer, when it is time. */
    void tell(Consumer<?, ?> consumer) {
        if (!untold.isEmpty() && System.nanoTime() - toldAt >= interval) {
            var told = Map.copyOf(untold);
            untold.clear();
            toldAt = System.nanoTime();
            consumer.commitAsync(told, (offsets, failure) -> {
                if (failure != null) {
                    log.debug("Offsets are told to Kafka later: {}", failure.toString());
                    var assigned = consumer.assignment();
                    offsets.forEach((partition, offset) -> {
                        if (assigned.contains(partition)) {
                            untold.putIfAbsent(partition, offset);
                        }
                    });
                }
            });
        }
    }

    /** Tells Kafka about partitions that others may take over, and waits a moment for the answer. */
    void tellNow(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var told = new HashMap<>(untold);
        told.keySet().retainAll(partitions);
        forget(partitions);
        if (!told.isEmpty()) {
            try {
                consumer.commitSync(told, PATIENCE);
            } catch (KafkaException e) {
                log.debug("Who takes over will handle some records again, in vain: {}", e.toString());
            }
        }
    }

    /** They belong to another consumer by now. */
    void forget(Collection<TopicPartition> partitions) {
        untold.keySet().removeAll(partitions);
    }
}

package io.mediasaga.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a consumer does about failures; with a real Kafka it is tried by every other test. */
class ConsumerLoopTest {

    private static final TopicPartition PARTITION = new TopicPartition("events.parcel.sent", 0);

    private final List<Map<TopicPartition, OffsetAndMetadata>> told = new CopyOnWriteArrayList<>();
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            told.add(offsets);
            super.commitSync(offsets, timeout);
        }

        @Override
        public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            told.add(offsets);
            super.commitAsync(offsets, callback);
        }
    };
    private final MockConsumer<byte[], byte[]> laterKafka = new MockConsumer<>("earliest");
    private final List<List<Long>> handled = new CopyOnWriteArrayList<>();
    private ConsumerLoop loop = loop(batch -> {});

    private ConsumerLoop loop(Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        var consumers = List.of(kafka, laterKafka).iterator();
        return new ConsumerLoop("test", consumers::next, Set.of(PARTITION.topic()), handler, Duration.ofMillis(20), 500);
    }

    private void start(Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        loop = loop(handler);
        loop.start();
    }

    private static void give(MockConsumer<byte[], byte[]> consumer, int records) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            IntStream.range(0, records).forEach(offset -> consumer.addRecord(new ConsumerRecord<>(
                    PARTITION.topic(), PARTITION.partition(), offset, null, "{}".getBytes(StandardCharsets.UTF_8))));
        });
    }

    private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> batch) {
        return batch.stream().map(ConsumerRecord::offset).toList();
    }

    @AfterEach
    void stop() {
        loop.stop();
        loop.awaitStopped();
    }

    @Test
    void aBatchIsHandedOverUntilItIsTaken() {
        give(kafka, 3);
        start(batch -> {
            if (!batch.isEmpty()) {
                handled.add(offsets(batch));
                if (handled.size() < 3) {
                    throw new IllegalStateException("the database is away");
                }
            }
        });
        await().until(() -> handled.size() >= 3);
        assertThat(handled).hasSize(3).allMatch(List.of(0L, 1L, 2L)::equals);
        await().until(() -> !told.isEmpty());
        assertThat(told.getFirst().get(PARTITION)).extracting(OffsetAndMetadata::offset).isEqualTo(3L);
    }

    @Test
    void whatIsNotHandledIsNotTold() {
        give(kafka, 3);
        start(batch -> {
            if (!batch.isEmpty()) {
                handled.add(offsets(batch));
                throw new IllegalStateException("the database is away");
            }
        });
        await().until(() -> !handled.isEmpty());
        loop.stop();
        loop.awaitStopped();
        assertThat(kafka.closed()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void aConsumerThatFailsIsReplaced() {
        kafka.schedulePollTask(() -> kafka.setPollException(new KafkaException("out of order")));
        give(laterKafka, 2);
        start(batch -> {
            if (!batch.isEmpty()) {
                handled.add(offsets(batch));
            }
        });
        await().until(() -> !handled.isEmpty());
        assertThat(handled).containsExactly(List.of(0L, 1L));
        assertThat(kafka.closed()).isTrue();
    }
}

package io.mediasaga.standalone.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listens to the platform's events, which say when an upload is awaited and when a saga has ended. Nothing is asked for. */
final class Events implements AutoCloseable {

    private static final String READY = "events.ingest.ready";
    private static final List<String> ENDED = List.of("events.saga.completed", "events.saga.compensated");

    private final JsonMapper json = JsonMapper.builder().build();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BiConsumer<String, String> onReady;
    private final ObjLongConsumer<String> onEnded;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param onReady is told of saga and upload
     * @param onEnded is told of the saga, and when that was known
     */
    Events(String kafka, BiConsumer<String, String> onReady, ObjLongConsumer<String> onEnded) {
        this.onReady = onReady;
        this.onEnded = onEnded;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("bench-events").daemon(true).unstarted(this::run);
    }

    /** Returns when nothing that happens from now on is missed. */
    void start() throws InterruptedException {
        thread.start();
        listening.await();
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            listening.countDown();
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    take(record);
                }
            }
        } catch (WakeupException e) {
            // closed
        } finally {
            listening.countDown();
        }
    }

    /** The services make the topics shortly after they have started. */
    private List<TopicPartition> partitions() {
        while (true) {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics();
            if (topics.containsKey(READY) && topics.keySet().containsAll(ENDED)) {
                return topics.entrySet().stream()
                        .filter(topic -> topic.getKey().equals(READY) || ENDED.contains(topic.getKey()))
                        .flatMap(topic -> topic.getValue().stream())
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        JsonNode envelope = json.readTree(record.value());
        String saga = envelope.path("saga_id").asString("");
        if (record.topic().equals(READY)) {
            onReady.accept(saga, envelope.path("payload").path("upload_id").asString(""));
        } else {
            onEnded.accept(saga, System.nanoTime());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
    }
}

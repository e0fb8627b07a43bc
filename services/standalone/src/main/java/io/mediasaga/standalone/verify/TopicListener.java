package io.mediasaga.standalone.verify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Hears every record of the saga's topics once, from their beginning, whatever happens to Kafka meanwhile. */
final class TopicListener implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> topics;
    private final Consumer<ConsumerRecord<byte[], byte[]>> heard;
    private final Thread thread;
    private volatile boolean closed;

    TopicListener(String kafka, Set<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> heard) {
        this.topics = topics;
        this.heard = heard;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("verify-listener").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    heard.accept(record);
                }
            }
        } catch (WakeupException | InterruptedException e) {
            // closed
        }
    }

    /** The services make the topics shortly after they have started. */
    private List<TopicPartition> partitions() throws InterruptedException {
        while (true) {
            try {
                Map<String, List<PartitionInfo>> known = consumer.listTopics();
                if (known.keySet().containsAll(topics)) {
                    return topics.stream()
                            .flatMap(topic -> known.get(topic).stream())
                            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                            .toList();
                }
            } catch (WakeupException e) {
                throw e;
            } catch (KafkaException e) {
                // it is asked again
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

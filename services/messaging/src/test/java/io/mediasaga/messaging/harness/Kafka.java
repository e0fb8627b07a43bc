package io.mediasaga.messaging.harness;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka as a program sees it that knows nothing of the library. */
public final class Kafka implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final String bootstrap;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Reader> readers = new ArrayList<>();

    public Kafka(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "max.request.size", 4_000_000, "max.block.ms", 20_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public Admin admin() {
        return admin;
    }

    /** Makes the topics that are missing. */
    public void create(Collection<String> topics) {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("max.message.bytes", "3000000")))
                .toList();
        for (var created : admin.createTopics(wanted).values().values()) {
            try {
                created.get(3, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IllegalStateException(e);
                }
            } catch (InterruptedException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Deletes the topic and waits until it is gone. */
    public void delete(String topic) {
        get(admin.deleteTopics(Set.of(topic)).all());
    }

    /** Lets the group begin with what is sent from now on: topics are shared by all tests. */
    void beginNow(String group, Collection<String> topics) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        ends(topics).forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end)));
        get(admin.alterConsumerGroupOffsets(group, offsets).all());
    }

    /** Where the partitions end; waits until topics that have just been made are known. */
    public Map<TopicPartition, Long> ends(Collection<String> topics) {
        return await().ignoreExceptions().until(() -> endsNow(topics), ends -> true);
    }

    private Map<TopicPartition, Long> endsNow(Collection<String> topics) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        get(admin.describeTopics(topics).allTopicNames()).forEach((topic, description) -> description
                .partitions()
                .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
        var ends = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(asked).all()).forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        try {
            return future.get(3, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends without key and headers. */
    public void send(String topic, String value) {
        send(topic, null, value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Sends with a key. */
    public void send(String topic, String key, String value) {
        send(topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Sends, and waits for the acknowledgement. */
    public void send(String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        try {
            producer.send(record(topic, key, value, headers)).get(3, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends many without waiting for each. */
    public void sendAll(String topic, List<String> keys, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            producer.send(record(
                    topic,
                    keys.get(i).getBytes(StandardCharsets.UTF_8),
                    values.get(i).getBytes(StandardCharsets.UTF_8),
                    Map.of()));
        }
        producer.flush();
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        var record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Sends to one partition, so that messages come in one batch and in order. */
    public void sendTo(String topic, int partition, List<String> values) {
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
    }

    /** Reads what comes to the topics from now on. */
    public Reader reader(String... topics) {
        var reader = new Reader(bootstrap, ends(List.of(topics)));
        readers.add(reader);
        return reader;
    }

    @Override
    public void close() {
        readers.forEach(Reader::close);
        producer.close(Duration.ofSeconds(1));
        admin.close(Duration.ofSeconds(1));
    }
}

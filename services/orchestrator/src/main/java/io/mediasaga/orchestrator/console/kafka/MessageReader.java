package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads messages without being a member of any group: no offset is ever committed. Each reading is bounded in time, records
 * and bytes, and only some go on at once.
 */
@Component
class MessageReader {

    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(300);
    static final int MOST_LOOKED_AT = 20_000;
    private static final int AT_ONCE = 4;
    private static final int KEPT_AT_ONCE = 4;
    private static final Comparator<Message> IN_TIME =
            Comparator.comparing(Message::at).thenComparing(Message::topic).thenComparing(Message::offset);

    private final Map<String, Object> settings;
    private final Semaphore places = new Semaphore(AT_ONCE);

    MessageReader(KafkaProperties kafka) {
        settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "console");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * 1024 * 1024);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 512 * 1024);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /**
     * What was found.
     *
     * @param messages the latest first, or the oldest first, as they were asked for
     * @param lookedAt how many records were read for it
     * @param whole whether everything was looked at that was meant
     */
    record Found(List<Message> messages, long lookedAt, boolean whole) {}

    /** @throws ProblemException 404 for no such topic, 429 when too many read at once, 503 when Kafka does not answer */
    Found browse(String topic, Browse wanted) {
        return reading(consumer -> {
            List<PartitionInfo> infos = consumer.partitionsFor(topic, LONGEST);
            if (infos == null || infos.isEmpty()) {
                throw new ProblemException(HttpStatus.NOT_FOUND, "TOPIC_NOT_FOUND", "Kafka has no topic of that name.");
            }
            List<TopicPartition> partitions = infos.stream()
                    .filter(info -> wanted.partition() == null || info.partition() == wanted.partition())
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            boolean latest = wanted.from().equals("end");
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> starts = Positions.of(consumer, wanted, begins, ends);
            Found found = read(consumer, starts, ends, wanted.key(), wanted.saga(), wanted.most(), latest);
            return latest ? new Found(found.messages().reversed(), found.lookedAt(), found.whole()) : found;
        });
    }

    /** Everything of one saga on the topics, from a moment on, oldest first. Its messages have its id for their key. */
    Found ofSaga(Collection<String> topics, String saga, Instant from, int most) {
        return reading(consumer -> {
            List<TopicPartition> partitions = new ArrayList<>();
            Map<String, List<PartitionInfo>> known = consumer.listTopics(LONGEST);
            byte[] key = saga.getBytes(StandardCharsets.UTF_8);
            for (String topic : topics) {
                List<PartitionInfo> infos = known.get(topic);
                if (infos != null && !infos.isEmpty()) {
                    partitions.add(new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, infos.size())));
                }
            }
            if (partitions.isEmpty()) {
                return new Found(List.of(), 0, true);
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return read(consumer, Positions.atTime(consumer, partitions, from, ends), ends, null, saga, most, false);
        });
    }

    /** @param latest whether the last are wanted of all that fit, else the first */
    private static Found read(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends,
            @Nullable String key, @Nullable String saga, int most, boolean latest) {
        List<TopicPartition> open = new ArrayList<>(starts.keySet());
        open.removeIf(partition -> starts.get(partition) >= ends.getOrDefault(partition, 0L));
        List<Message> messages = new ArrayList<>();
        long lookedAt = 0;
        consumer.assign(open);
        open.forEach(partition -> consumer.seek(partition, starts.get(partition)));
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!open.isEmpty() && (latest || messages.size() < most) && lookedAt < MOST_LOOKED_AT && System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lookedAt++;
                if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    Message message = Message.of(record, most);
                    if (message.fits(key, saga)) {
                        messages.add(message);
                    }
                }
            }
            List<TopicPartition> done = open.stream()
                    .filter(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))
                    .toList();
            open.removeAll(done);
            consumer.pause(done);
            if (latest && messages.size() > KEPT_AT_ONCE * most) {
                messages.sort(IN_TIME);
                messages.subList(0, messages.size() - most).clear();
            }
        }
        messages.sort(IN_TIME);
        boolean whole = open.isEmpty() && (latest || messages.size() <= most);
        int size = messages.size();
        List<Message> wanted = size <= most ? messages : latest ? messages.subList(size - most, size) : messages.subList(0, most);
        return new Found(wanted, lookedAt, whole);
    }

    private interface Reading {
        Found by(Consumer<byte[], byte[]> consumer);
    }

    private Found reading(Reading reading) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_READERS", "Too many people read messages at once; try again in a moment.");
        }
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return reading.by(consumer);
        } catch (KafkaException e) {
            throw KafkaQuestions.away(e);
        } finally {
            places.release();
        }
    }
}

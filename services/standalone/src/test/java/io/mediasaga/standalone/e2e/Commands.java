package io.mediasaga.standalone.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.node.ObjectNode;

/** Looks at Kafka from outside, and sends to it as a stranger does. */
final class Commands {

    private final String servers;

    Commands(String servers) {
        this.servers = servers;
    }

    /** What of each group's topics it has not taken yet; nothing where all have taken everything. */
    Map<String, Long> lag(List<String> groups) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Map<String, Map<TopicPartition, OffsetAndMetadata>> taken = admin.listConsumerGroupOffsets(
                            groups.stream().collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())))
                    .all()
                    .get();
            Map<String, Set<String>> topics = admin.describeConsumerGroups(groups).all().get().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, group -> topics(group.getValue())));
            Map<TopicPartition, Long> ends = ends(
                    admin, topics.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
            Map<String, Long> lag = new TreeMap<>();
            topics.forEach((group, own) -> {
                if (own.isEmpty()) {
                    lag.put(group + " has no members", 1L);
                }
                ends.forEach((partition, end) -> {
                    OffsetAndMetadata offset = taken.get(group).get(partition);
                    long behind = end - (offset == null ? 0 : offset.offset());
                    if (behind > 0 && own.contains(partition.topic())) {
                        lag.put(group + " " + partition, behind);
                    }
                });
            });
            return lag;
        }
    }

    private static Set<String> topics(ConsumerGroupDescription group) {
        return group.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        admin.describeTopics(topics).allTopicNames().get().forEach((topic, description) -> description.partitions().forEach(
                partition -> wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        return admin.listOffsets(wanted).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Everything on the topics that begin so. */
    List<ConsumerRecord<String, String>> read(String prefix) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (List<PartitionInfo> topic : consumer.listTopics().values()) {
                topic.stream().filter(partition -> partition.topic().startsWith(prefix))
                        .forEach(partition -> partitions.add(new TopicPartition(partition.topic(), partition.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /**
     * Sends the saga's commands (not its compensations) once more, each under a new message id, as they come when something
     * had kept them; answers how many.
     */
    int sendAgain(String sagaId) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
        int sent = 0;
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var each : read("commands.")) {
                ObjectNode envelope = (ObjectNode) Calls.JSON.readTree(each.value());
                if (envelope.path("saga_id").asString("").equals(sagaId) && !envelope.has("compensates")) {
                    envelope.put("message_id", UUID.randomUUID().toString());
                    producer.send(new ProducerRecord<>(each.topic(), each.key(), envelope.toString())).get();
                    sent++;
                }
            }
        }
        return sent;
    }
}

package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Asks Kafka what there is. Nothing is ever changed by it. */
@Component
class KafkaReader {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_TOPICS = 2000;
    private static final int MOST_GROUPS = 200;

    private final Admin admin;

    KafkaReader(Admin admin) {
        this.admin = admin;
    }

    /** All topics that are not Kafka's own, and all groups. */
    record Overview(List<TopicRow> topics, List<GroupRow> groups) {
        public long lag() {
            return groups.stream().mapToLong(GroupRow::lag).sum();
        }

        public long records() {
            return topics.stream().mapToLong(TopicRow::records).sum();
        }
    }

    /** One topic. */
    record Topic(String name, List<PartitionRow> partitions) {
        public long records() {
            return partitions.stream().mapToLong(PartitionRow::records).sum();
        }

        public List<String> groups() {
            return partitions.stream()
                    .flatMap(partition -> partition.readers().stream())
                    .map(PartitionRow.Reader::group)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** @throws ProblemException 503 when Kafka does not answer */
    Overview overview() {
        List<String> names = get(admin.listTopics().names()).stream().sorted().limit(MOST_TOPICS).toList();
        Map<String, TopicDescription> topics = get(admin.describeTopics(names).allTopicNames());
        Collection<TopicPartition> all = partitions(topics.values());
        Map<TopicPartition, Long> begins = offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = readOffsets();
        List<TopicRow> rows = topics.values().stream()
                .map(topic -> row(topic, begins, ends, read))
                .sorted(Comparator.comparing(TopicRow::name))
                .toList();
        return new Overview(rows, groups(read, ends));
    }

    private static TopicRow row(
            TopicDescription topic, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends,
            Map<String, Map<TopicPartition, OffsetAndMetadata>> read) {
        List<TopicPartition> own = partitions(List.of(topic));
        long records = own.stream().mapToLong(each -> ends.getOrDefault(each, 0L) - begins.getOrDefault(each, 0L)).sum();
        long lag = 0;
        int groups = 0;
        for (var offsets : read.values()) {
            if (own.stream().anyMatch(offsets::containsKey)) {
                groups++;
                lag += own.stream().mapToLong(each -> lag(each, offsets, ends)).sum();
            }
        }
        int copies = topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0);
        return new TopicRow(topic.name(), own.size(), copies, records, lag, groups);
    }

    private static long lag(
            TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, Long> ends) {
        OffsetAndMetadata read = offsets.get(partition);
        Long end = ends.get(partition);
        return read == null || end == null ? 0 : Math.max(0, end - read.offset());
    }

    private List<GroupRow> groups(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> read, Map<TopicPartition, Long> ends) {
        var described = get(admin.describeConsumerGroups(read.keySet()).all());
        List<GroupRow> rows = new ArrayList<>();
        read.forEach((group, offsets) -> {
            var description = described.get(group);
            long lag = offsets.keySet().stream().mapToLong(each -> lag(each, offsets, ends)).sum();
            int topics = (int) offsets.keySet().stream().map(TopicPartition::topic).distinct().count();
            rows.add(new GroupRow(
                    group, description == null ? "unknown" : description.groupState().toString(),
                    description == null ? 0 : description.members().size(), topics, lag));
        });
        return rows;
    }

    /** Where each group is in what it reads. */
    private Map<String, Map<TopicPartition, OffsetAndMetadata>> readOffsets() {
        List<String> groups = get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).valid()).stream()
                .map(GroupListing::groupId)
                .sorted()
                .limit(MOST_GROUPS)
                .toList();
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> wanted =
                groups.stream().collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = new TreeMap<>();
        get(admin.listConsumerGroupOffsets(wanted).all()).forEach((group, offsets) -> {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(offsets);
            known.values().removeIf(java.util.Objects::isNull);
            read.put(group, known);
        });
        return read;
    }

    /** @throws ProblemException 404 when there is no such topic, 503 when Kafka does not answer */
    Topic topic(String name) {
        TopicDescription description = get(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
        List<TopicPartition> own = partitions(List.of(description));
        Map<TopicPartition, Long> begins = offsets(own, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(own, OffsetSpec.latest());
        var read = readOffsets();
        return new Topic(
                name,
                description.partitions().stream()
                        .map(info -> {
                            var partition = new TopicPartition(name, info.partition());
                            List<PartitionRow.Reader> readers = new ArrayList<>();
                            read.forEach((group, offsets) -> {
                                if (offsets.containsKey(partition)) {
                                    readers.add(new PartitionRow.Reader(
                                            group, offsets.get(partition).offset(), lag(partition, offsets, ends)));
                                }
                            });
                            return new PartitionRow(
                                    info.partition(), begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L),
                                    info.leader() == null ? -1 : info.leader().id(), info.isr().size(),
                                    info.replicas().size(), readers);
                        })
                        .toList());
    }

    /** How many brokers answer. @throws ProblemException 503 when none does */
    int brokers() {
        return get(admin.describeCluster().nodes()).size();
    }

    private static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size()).mapToObj(i -> new TopicPartition(topic.name(), i)))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(wanted).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof org.apache.kafka.common.errors.InvalidTopicException) {
                throw new ProblemException(HttpStatus.NOT_FOUND, "TOPIC_NOT_FOUND", "Kafka has no topic of that name.");
            }
            throw away(e);
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    static ProblemException away(Exception cause) {
        var problem = new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "KAFKA_UNAVAILABLE",
                "Kafka does not answer. Messages wait in the outboxes meanwhile; look at the page of health.");
        problem.initCause(cause);
        return problem;
    }
}

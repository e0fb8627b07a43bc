package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.web.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Asks Kafka what there is. Nothing is ever changed by it. */
@Component
class KafkaReader {

    private final KafkaQuestions kafka;

    KafkaReader(KafkaQuestions kafka) {
        this.kafka = kafka;
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
        Map<String, TopicDescription> topics = kafka.topics();
        Collection<TopicPartition> all = partitions(topics.values());
        Map<TopicPartition, Long> begins = kafka.offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = kafka.offsets(all, OffsetSpec.latest());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = kafka.readOffsets();
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
        var described = kafka.groups(read.keySet());
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

    /** @throws ProblemException 404 when there is no such topic, 503 when Kafka does not answer */
    Topic topic(String name) {
        TopicDescription description = kafka.topic(name);
        List<TopicPartition> own = partitions(List.of(description));
        Map<TopicPartition, Long> begins = kafka.offsets(own, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = kafka.offsets(own, OffsetSpec.latest());
        var read = kafka.readOffsets();
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

    private static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size()).mapToObj(i -> new TopicPartition(topic.name(), i)))
                .toList();
    }
}

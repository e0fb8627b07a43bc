package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.KafkaAwayException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the ends of topics with what the consumer group has committed, which it does after its transactions. */
final class GroupConsumption implements Consumption {

    private static final Logger log = LoggerFactory.getLogger(GroupConsumption.class);
    private static final int PATIENCE_MILLIS = 3_000;
    private static final Duration PARTITIONS_KNOWN_FOR = Duration.ofSeconds(10);

    private final Admin admin;
    private final String group;
    private final Supplier<Set<String>> topics;
    private volatile Known known = new Known(Set.of(), Set.of(), 0);

    /** The partitions of some topics, as they were at a time. */
    private record Known(Set<String> topics, Set<TopicPartition> partitions, long atNanos) {}

    GroupConsumption(Admin admin, String group, Supplier<Set<String>> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = topics;
    }

    @Override
    public Mark mark() {
        Set<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            answer(admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS)).clusterId());
            return new Mark(Map.of());
        }
        return new Mark(offsets(partitions, OffsetSpec.latest()));
    }

    @Override
    public long remaining(Mark mark) {
        if (mark.ends().isEmpty()) {
            return 0;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = answer(admin.listConsumerGroupOffsets(
                        group, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .partitionsToOffsetAndMetadata());
        var unread = new HashSet<TopicPartition>();
        long remaining = 0;
        for (var end : mark.ends().entrySet()) {
            OffsetAndMetadata at = committed.get(end.getKey());
            if (at != null) {
                remaining += Math.max(0, end.getValue() - at.offset());
            } else if (end.getValue() > 0) {
                unread.add(end.getKey());
            }
        }
        if (!unread.isEmpty()) {
            // Where nothing was ever committed it is begun with what the topic still has.
            for (var begin : offsets(unread, OffsetSpec.earliest()).entrySet()) {
                remaining += Math.max(0, mark.ends().getOrDefault(begin.getKey(), 0L) - begin.getValue());
            }
        }
        return remaining;
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        var asked = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        var answers = admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS));
        var offsets = new HashMap<TopicPartition, Long>();
        KafkaAwayException away = null;
        for (TopicPartition partition : asked.keySet()) {
            try {
                offsets.put(partition, answer(answers.partitionResult(partition)).offset());
            } catch (KafkaAwayException e) {
                log.debug("Cannot tell how far {} goes", partition, e);
                away = e;
            }
        }
        if (offsets.isEmpty() && away != null && !(away.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw away;
        }
        return offsets;
    }

    private Set<TopicPartition> partitions() {
        Set<String> wanted = topics.get();
        Known last = known;
        if (last.topics().equals(wanted) && System.nanoTime() - last.atNanos() < PARTITIONS_KNOWN_FOR.toNanos()) {
            return last.partitions();
        }
        var answers = admin.describeTopics(wanted, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .topicNameValues();
        Set<TopicPartition> partitions = answers.entrySet().stream()
                .flatMap(topic -> partitionsOf(topic.getKey(), topic.getValue()).stream())
                .collect(Collectors.toUnmodifiableSet());
        known = new Known(Set.copyOf(wanted), partitions, System.nanoTime());
        return partitions;
    }

    private static Set<TopicPartition> partitionsOf(
            String topic, KafkaFuture<TopicDescription> description) {
        try {
            return answer(description).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .collect(Collectors.toSet());
        } catch (KafkaAwayException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Set.of();
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaAwayException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaAwayException(e);
        }
    }
}

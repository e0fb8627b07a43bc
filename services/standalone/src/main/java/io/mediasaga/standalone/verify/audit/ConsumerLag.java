package io.mediasaga.standalone.verify.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What consumer groups have not handled yet. */
final class ConsumerLag implements AutoCloseable {

    private final Admin admin;
    private final List<String> groups;

    ConsumerLag(String kafka, List<String> groups) {
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
        this.groups = groups;
    }

    /** So many messages of the topic are before the group. */
    record Waiting(String group, String topic, long messages) {}

    List<Waiting> read() throws InterruptedException {
        List<Waiting> waiting = new ArrayList<>();
        try {
            for (String group : groups) {
                Map<TopicPartition, OffsetAndMetadata> committed =
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
                var ends = admin.listOffsets(committed.keySet().stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                        .all()
                        .get();
                ends.forEach((partition, end) -> {
                    OffsetAndMetadata at = committed.get(partition);
                    if (at != null && end.offset() > at.offset()) {
                        waiting.add(new Waiting(group, partition.toString(), end.offset() - at.offset()));
                    }
                });
            }
            return waiting;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how far the consumers are: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

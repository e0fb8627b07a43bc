package io.mediasaga.orchestrator.console.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where a reading begins. */
final class Positions {

    private Positions() {}

    static Map<TopicPartition, Long> of(
            Consumer<byte[], byte[]> consumer, Browse wanted, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Instant time = wanted.time();
        if (time != null) {
            return atTime(consumer, ends.keySet(), time, ends);
        }
        // Where something is filtered, more has to be looked at than is to be shown.
        long share = wanted.filters() ? MessageReader.MOST_LOOKED_AT / Math.max(1, ends.size()) : wanted.most();
        Long offset = wanted.offset();
        return ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, end -> {
            long begin = begins.getOrDefault(end.getKey(), 0L);
            return switch (wanted.from()) {
                case "end" -> Math.max(begin, end.getValue() - share);
                case "offset" -> Math.clamp(offset == null ? begin : offset, begin, Math.max(begin, end.getValue()));
                default -> begin;
            };
        }));
    }

    /** The first record of each partition that is not older; its end where there is none. */
    static Map<TopicPartition, Long> atTime(
            Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(each -> each, each -> Math.max(0, time.toEpochMilli()))));
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp at = found.get(partition);
            starts.put(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset());
        }
        return starts;
    }
}

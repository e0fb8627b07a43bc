package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a broker that alone held a topic has lost acknowledged records (it crashed before they were on its disk): the
 * partition ends before an offset that was acknowledged. The kept rows from there on are then sent again.
 */
final class TailGuard {

    private static final Logger log = LoggerFactory.getLogger(TailGuard.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Admin admin;
    private final OutboxStore store;
    private final Durability durability;
    private final Duration keep;
    private final Map<TopicPartition, Long> highest = new ConcurrentHashMap<>();
    private long checkedAt = System.nanoTime();
    private boolean fresh = true;

    TailGuard(Admin admin, OutboxStore store, Durability durability, Duration keep) {
        this.admin = admin;
        this.store = store;
        this.durability = durability;
        this.keep = keep;
    }

    void acknowledged(List<Acknowledged> rows) {
        for (Acknowledged a : rows) {
            highest.merge(new TopicPartition(a.row().topic(), a.partition()), a.offset(), Math::max);
        }
    }

    /** Checks now and then; returns at once otherwise, and when Kafka is away. */
    void check() {
        if (System.nanoTime() - checkedAt < INTERVAL.toNanos()) {
            return;
        }
        checkedAt = System.nanoTime();
        durability.refresh();
        store.pruneKept(keep);
        if (fresh) {
            // What earlier processes sent counts as well.
            store.highestKept().forEach((partition, offset) -> highest.merge(partition, offset, Math::max));
            fresh = false;
        }
        var asked = highest.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        if (asked.isEmpty()) {
            return;
        }
        var answer = admin.listOffsets(asked);
        for (TopicPartition partition : asked.keySet()) {
            try {
                long end = answer.partitionResult(partition).get(5, TimeUnit.SECONDS).offset();
                feedAgain(partition, end);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                log.debug("Cannot tell where {} ends: {}", partition, e.toString());
                return;
            }
        }
    }

    private void feedAgain(TopicPartition partition, long end) {
        Long known = highest.get(partition);
        if (known == null || known < end) {
            return;
        }
        int rows = store.feedAgain(partition.topic(), partition.partition(), end);
        highest.put(partition, end - 1);
        log.warn(
                "Topic {} partition {} ends at offset {}, but offset {} was acknowledged: the broker lost its tail."
                        + " {} messages are sent again.",
                partition.topic(),
                partition.partition(),
                end,
                known,
                rows);
    }
}

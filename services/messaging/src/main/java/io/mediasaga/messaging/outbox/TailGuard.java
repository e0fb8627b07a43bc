package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.schedule.Periodic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Notices when a broker that alone held a topic has lost acknowledged records (it crashed before they were on its disk): the
 * partition ends before an offset that was acknowledged, or gives an offset out a second time. The kept rows from there on
 * are then sent again. Knows the offsets that this process was told, and those that earlier processes kept.
 */
final class TailGuard extends Periodic {

    private static final Logger log = LoggerFactory.getLogger(TailGuard.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Admin admin;
    private final KeptStore kept;
    private final Durability durability;
    private final Map<TopicPartition, Long> highest = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> lostFrom = new ConcurrentHashMap<>();
    private boolean fresh = true;

    TailGuard(Admin admin, KeptStore kept, Durability durability, Duration interval) {
        super("outbox-tail-guard", interval, interval);
        this.admin = admin;
        this.kept = kept;
        this.durability = durability;
    }

    /** The broker has acknowledged a record. Called in the order in which it did, from the producer's thread. */
    void acknowledged(RecordMetadata metadata) {
        if (!metadata.hasOffset() || durability.isReplicated(metadata.topic())) {
            return;
        }
        var partition = new TopicPartition(metadata.topic(), metadata.partition());
        Long before = highest.put(partition, metadata.offset());
        if (before != null && before >= metadata.offset()) {
            lostFrom.merge(partition, metadata.offset(), Math::min);
        }
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    protected void run() {
        try {
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException | DataAccessException e) {
            log.debug("The ends of topics are looked at later", e);
        }
    }

    /** What one check finds the next one feeds again: by then what was acknowledged before has been written down. */
    private void check() throws InterruptedException, ExecutionException, TimeoutException {
        Set.copyOf(lostFrom.keySet()).forEach(this::feedAgain);
        kept.prune();
        if (fresh) {
            kept.highest().forEach((partition, offset) -> highest.merge(partition, offset, Math::max));
            fresh = false;
        }
        durability.refresh();
        var asked = highest.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        if (asked.isEmpty()) {
            return;
        }
        var known = Map.copyOf(highest);
        var answer = admin.listOffsets(asked);
        for (TopicPartition partition : asked.keySet()) {
            try {
                long end = answer.partitionResult(partition)
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .offset();
                Long acknowledged = known.get(partition);
                if (acknowledged != null && acknowledged >= end) {
                    highest.replace(partition, acknowledged, end - 1);
                    lostFrom.merge(partition, end, Math::min);
                }
            } catch (ExecutionException e) {
                // The topic is away for the moment, or the whole of Kafka.
                log.debug("Cannot tell where {} ends: {}", partition, String.valueOf(e.getCause()));
            }
        }
    }

    private void feedAgain(TopicPartition partition) {
        Long from = lostFrom.get(partition);
        if (from == null) {
            return;
        }
        int rows = kept.feedAgain(partition, from);
        lostFrom.remove(partition, from);
        log.warn(
                "The broker lost the tail of topic {} partition {}, from offset {} on, though it had acknowledged it."
                        + " {} messages are sent again.",
                partition.topic(),
                partition.partition(),
                from,
                rows);
    }
}

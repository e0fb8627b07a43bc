package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands committed rows to Kafka and remembers what is under way. Both the fast path and the relay send through here.
 *
 * <p>Order per topic and key: a run of rows starts with the oldest that is not acknowledged, and once a row of a run cannot
 * be handed over none behind it is. The producer is idempotent and never gives up a record by time, so what reaches the
 * broker of a run is always a prefix of it. Whoever else sends the same rows (a relay that took over, a process that was
 * paused) starts at the oldest as well; so the first occurrences are in order, whatever the interleaving.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration TOPIC_PAUSE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Chaos chaos;
    private final Runnable onProgress;
    private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<OutboxRow> failed = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> pausedTopics = new ConcurrentHashMap<>();

    /** @param onProgress called, from any thread, when an acknowledgement or a failure is there to be written down */
    Dispatcher(Producer<byte[], byte[]> producer, Chaos chaos, Runnable onProgress) {
        this.producer = producer;
        this.chaos = chaos;
        this.onProgress = onProgress;
    }

    int inFlight() {
        return inFlight.size();
    }

    boolean isInFlight(OutboxRow row) {
        return inFlight.contains(row.id());
    }

    /** Sends the rows, which are ordered; the latch opens when each is acknowledged or has failed. */
    CountDownLatch dispatch(List<OutboxRow> rows) {
        var done = new CountDownLatch(rows.size());
        var stopped = new HashSet<Lane>();
        for (OutboxRow row : rows) {
            if (stopped.contains(row.lane()) || !handOver(row, done)) {
                stopped.add(row.lane());
                failed.add(row);
                done.countDown();
            }
        }
        if (!stopped.isEmpty()) {
            onProgress.run();
        }
        return done;
    }

    private boolean handOver(OutboxRow row, CountDownLatch done) {
        if (chaos.drops() || isPaused(row.topic())) {
            return false;
        }
        inFlight.add(row.id());
        try {
            producer.send(record(row), (metadata, error) -> {
                completed(row, metadata, error);
                done.countDown();
            });
            return true;
        } catch (KafkaException e) {
            inFlight.remove(row.id());
            pause(row.topic(), e);
            return false;
        }
    }

    private void completed(OutboxRow row, @Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error == null && metadata != null) {
            acknowledged.add(new Acknowledged(row, metadata.partition(), metadata.offset()));
        } else {
            pause(row.topic(), error);
            failed.add(row);
        }
        inFlight.remove(row.id());
        onProgress.run();
    }

    private boolean isPaused(String topic) {
        Long until = pausedTopics.get(topic);
        if (until == null) {
            return false;
        }
        if (System.nanoTime() - until < 0) {
            return true;
        }
        pausedTopics.remove(topic);
        return false;
    }

    private void pause(String topic, @Nullable Exception error) {
        if (pausedTopics.put(topic, System.nanoTime() + TOPIC_PAUSE.toNanos()) == null) {
            log.warn(
                    "Cannot send to topic {}; its messages wait in the outbox and are tried again every {} s: {}",
                    topic,
                    TOPIC_PAUSE.toSeconds(),
                    String.valueOf(error));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(OutboxRow row) {
        return new ProducerRecord<>(
                row.topic(),
                null,
                RecordKeys.toBytes(row.recordKey()),
                row.value(),
                HeaderText.toHeaders(row.headers()));
    }

    /** Takes what is to be written down: acknowledged rows and failed ones. */
    Progress drain() {
        var done = new ArrayList<Acknowledged>();
        for (Acknowledged a = acknowledged.poll(); a != null; a = acknowledged.poll()) {
            done.add(a);
        }
        var undone = new ArrayList<OutboxRow>();
        for (OutboxRow row = failed.poll(); row != null; row = failed.poll()) {
            undone.add(row);
        }
        return new Progress(done, undone);
    }

    /** Gives back what could not be written down. */
    void putBack(Progress progress) {
        acknowledged.addAll(progress.acknowledged());
        failed.addAll(progress.failed());
    }

    boolean hasProgress() {
        return !acknowledged.isEmpty() || !failed.isEmpty();
    }

    record Progress(List<Acknowledged> acknowledged, List<OutboxRow> failed) {
        boolean isEmpty() {
            return acknowledged.isEmpty() && failed.isEmpty();
        }
    }
}

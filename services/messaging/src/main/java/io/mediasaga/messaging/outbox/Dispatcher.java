package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import io.mediasaga.messaging.outbox.Progress.Failed;
import io.mediasaga.tracing.Tracing;
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
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
    /** The producer's buffer is twice this, so handing over never waits for room. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final Duration UNSENDABLE_PAUSE = Duration.ofSeconds(30);

    private final Producer<byte[], byte[]> producer;
    private final Chaos chaos;
    private final TopicGate gate;
    private final TailGuard tailGuard;
    private final int maxInFlight;
    private final Duration patience;
    private final Runnable onProgress;
    private final Tracing tracing;
    /** From before the send until what became of it is in the database, so that nobody here sends a row twice. */
    private final Map<Long, OutboxRow> inFlight = new ConcurrentHashMap<>();

    private final AtomicLong bytesInFlight = new AtomicLong();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final LongAdder published = new LongAdder();
    private volatile long answeredAt = System.nanoTime();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Failed> failed = new ConcurrentLinkedQueue<>();

    /**
     * @param patience how long without any answer the broker counts as not answering
     * @param onProgress called, from any thread, when an acknowledgement or a failure is there to be written down
     */
    Dispatcher(
            Producer<byte[], byte[]> producer,
            Chaos chaos,
            TopicGate gate,
            TailGuard tailGuard,
            int maxInFlight,
            Duration patience,
            Runnable onProgress,
            Tracing tracing) {
        this.producer = producer;
        this.chaos = chaos;
        this.gate = gate;
        this.tailGuard = tailGuard;
        this.maxInFlight = maxInFlight;
        this.patience = patience;
        this.onProgress = onProgress;
        this.tracing = tracing;
    }

    /** Whether more may be handed over; when not, Kafka does not keep up and rows are left to wait in the outbox. */
    boolean hasRoom() {
        return inFlight.size() < maxInFlight && bytesInFlight.get() < MAX_BYTES;
    }

    boolean isInFlight(OutboxRow row) {
        return inFlight.containsKey(row.id());
    }

    /** How many sends the broker has not answered. */
    int unanswered() {
        return unanswered.get();
    }

    /** How many sends the broker has acknowledged. */
    long published() {
        return published.sum();
    }

    /** Whether the broker owes answers and has given none for long: others may have more luck with it. */
    boolean isStalled() {
        return unanswered.get() > 0 && System.nanoTime() - answeredAt > patience.toNanos();
    }

    /** The rows that are neither acknowledged nor failed, as far as the database knows. */
    List<OutboxRow> inFlight() {
        return List.copyOf(inFlight.values());
    }

    /**
     * Sends the rows, which are ordered; the latch opens when each is acknowledged or has failed.
     *
     * @param first whether nobody has sent them before
     */
    CountDownLatch dispatch(List<OutboxRow> rows, boolean first) {
        var done = new CountDownLatch(rows.size());
        var stopped = new HashSet<Lane>();
        for (OutboxRow row : rows) {
            if (inFlight.putIfAbsent(row.id(), row) != null) {
                // It is on its way, and so what is behind it has to wait.
                stopped.add(row.lane());
                done.countDown();
                continue;
            }
            bytesInFlight.addAndGet(row.value().length);
            boolean sendable = !stopped.contains(row.lane()) && gate.isOpen(row.topic());
            Duration keptBack = sendable ? chaos.keepsBack(row.topic(), row.key(), first) : Duration.ZERO;
            if (keptBack != null) {
                stopped.add(row.lane());
                failed.add(new Failed(row, keptBack));
                done.countDown();
            } else if (!handOver(row, done)) {
                stopped.add(row.lane());
            }
        }
        if (!stopped.isEmpty()) {
            onProgress.run();
        }
        return done;
    }

    /** Answers whether the producer took the row; a failure has been noted when it did not. */
    private boolean handOver(OutboxRow row, CountDownLatch done) {
        if (unanswered.getAndIncrement() == 0) {
            answeredAt = System.nanoTime();
        }
        try {
            var sending = new Sending(row, tracing);
            Future<RecordMetadata> send = producer.send(sending.record(), (metadata, error) -> {
                sending.answered(metadata, error);
                completed(row, metadata, error);
                done.countDown();
            });
            return !(send.isDone() && send.state() == Future.State.FAILED);
        } catch (RuntimeException e) {
            completed(row, null, e);
            done.countDown();
            return false;
        }
    }

    private void completed(OutboxRow row, @Nullable RecordMetadata metadata, @Nullable Exception error) {
        answeredAt = System.nanoTime();
        unanswered.decrementAndGet();
        if (error == null && metadata != null) {
            published.increment();
            tailGuard.acknowledged(metadata);
            acknowledged.add(new Acknowledged(row, metadata.partition(), metadata.offset()));
        } else {
            failed.add(new Failed(row, failure(row, String.valueOf(error), error)));
        }
        onProgress.run();
    }

    private Duration failure(OutboxRow row, String text, @Nullable Exception error) {
        return switch (error) {
            case RecordTooLargeException _, RecordBatchTooLargeException _, InvalidConfigurationException _ -> {
                log.error(
                        "Row {} of the outbox cannot be sent to topic {} and blocks what is behind it for key {}; raise the"
                                + " topic's max.message.bytes or delete the row: {}",
                        row.id(),
                        row.topic(),
                        row.key(),
                        text);
                yield UNSENDABLE_PAUSE;
            }
            case null, default -> {
                gate.close(row.topic(), error == null ? new IllegalStateException("no answer") : error);
                yield Duration.ZERO;
            }
        };
    }

    /** Whether so many acknowledgements are there to be written down, or any failure. */
    boolean hasProgress(int acknowledgements) {
        return !failed.isEmpty()
                || acknowledged.stream().limit(acknowledgements).count() >= acknowledgements;
    }

    /** Whether an acknowledgement of one of the lanes is there to be written down. */
    boolean hasProgressOf(Set<Lane> lanes) {
        return acknowledged.stream().anyMatch(a -> lanes.contains(a.row().lane()));
    }

    /** Takes what is to be written down; {@link #settled} or {@link #putBack} has to follow. */
    Progress drain() {
        var done = new ArrayList<Acknowledged>();
        for (Acknowledged a = acknowledged.poll(); a != null; a = acknowledged.poll()) {
            done.add(a);
        }
        var undone = new ArrayList<Failed>();
        for (Failed f = failed.poll(); f != null; f = failed.poll()) {
            undone.add(f);
        }
        return new Progress(done, undone);
    }

    /** It is written down. */
    void settled(Progress progress) {
        progress.acknowledged().forEach(a -> forget(a.row()));
        progress.failed().forEach(f -> forget(f.row()));
    }

    private void forget(OutboxRow row) {
        if (inFlight.remove(row.id()) != null) {
            bytesInFlight.addAndGet(-row.value().length);
        }
    }

    /** It could not be written down. */
    void putBack(Progress progress) {
        acknowledged.addAll(progress.acknowledged());
        failed.addAll(progress.failed());
    }
}

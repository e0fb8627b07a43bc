package io.mediasaga.messaging.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka consumer and the thread that it belongs to. Each batch is handed over until it is taken: while it is not, the
 * consumer stays in its group and fetches nothing. Records of a partition that has been taken away meanwhile are left to its
 * new owner.
 */
final class ConsumerLoop {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final int LARGE_BATCH = 8;
    private static final Duration POLL = Duration.ofMillis(250);
    /** The first fetch under load was answered before the wait and brings little; the next one brings what came during it. */
    private static final Duration SECOND_POLL = Duration.ofMillis(5);

    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration ANEW = Duration.ofSeconds(2);
    private static final Duration TELL = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Set<String> topics;
    private final java.util.function.Consumer<List<ConsumerRecord<byte[], byte[]>>> handler;
    private final Gathering gathering;
    private final int most;
    private final Thread thread;
    private final List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private volatile boolean running = true;
    private boolean waiting;

    /**
     * @param consumers makes a consumer that is in its group
     * @param handler takes a batch, or throws when the surroundings are away; an empty one when there is nothing to do
     * @param most from so many records on a batch is not added to
     */
    ConsumerLoop(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Set<String> topics,
            java.util.function.Consumer<List<ConsumerRecord<byte[], byte[]>>> handler,
            Duration gather,
            int most) {
        this.consumers = consumers;
        this.topics = Set.copyOf(topics);
        this.handler = handler;
        this.gathering = new Gathering(gather, LARGE_BATCH);
        this.most = most;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Lets the batch that is being handled be the last one; {@link #awaitStopped} waits for it. */
    void stop() {
        running = false;
    }

    void awaitStopped() {
        try {
            if (!thread.join(STOP_WAIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            Consumer<byte[], byte[]> consumer = null;
            try {
                consumer = consumers.get();
                consume(consumer);
            } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
                running = false;
            } catch (RuntimeException e) {
                log.warn("{} has to listen anew: {}", thread.getName(), Failures.text(e));
                sleepQuietly(ANEW);
            } finally {
                if (consumer != null) {
                    close(consumer);
                }
            }
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        var offsets = new ProcessedOffsets(TELL);
        batch.clear();
        consumer.subscribe(topics, new Ownership(consumer, offsets));
        while (running) {
            gathering.await();
            poll(consumer, POLL);
            if (gathering.isBusy() && !batch.isEmpty() && batch.size() < most) {
                poll(consumer, SECOND_POLL);
            }
            gathering.taken(batch.size());
            handle(consumer);
            offsets.processed(batch);
            batch.clear();
            offsets.tell(consumer);
        }
        offsets.tellNow(consumer, consumer.assignment());
    }

    private void poll(Consumer<byte[], byte[]> consumer, Duration time) {
        consumer.poll(time).forEach(batch::add);
    }

    /** Returns when the batch is handled, or nothing is left of it. */
    private void handle(Consumer<byte[], byte[]> consumer) {
        boolean told = false;
        do {
            try {
                handler.accept(List.copyOf(batch));
                if (told) {
                    log.info("Messages go on being handled");
                }
                return;
            } catch (RuntimeException e) {
                // Only the surroundings make the handler throw, so there is nothing that another try could not mend.
                if (!told) {
                    log.warn("{} messages wait: {}", batch.size(), Failures.text(e));
                    told = true;
                }
                waitPaused(consumer);
                if (!running) {
                    batch.clear();
                }
            }
        } while (!batch.isEmpty());
    }

    private void waitPaused(Consumer<byte[], byte[]> consumer) {
        waiting = true;
        consumer.pause(consumer.assignment());
        try {
            long until = System.nanoTime() + AGAIN.toNanos();
            for (long left = AGAIN.toNanos(); left > 0 && running; left = until - System.nanoTime()) {
                poll(consumer, Duration.ofNanos(Math.min(left, POLL.toNanos())));
            }
        } finally {
            waiting = false;
            consumer.resume(consumer.assignment());
        }
    }

    private void close(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.close(CloseOptions.timeout(CLOSE_WAIT));
        } catch (RuntimeException e) {
            log.debug("A consumer did not close in good order", e);
        }
    }

    private static void sleepQuietly(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What happens to the batch and its offsets when partitions change hands. */
    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final ProcessedOffsets offsets;

        Ownership(Consumer<byte[], byte[]> consumer, ProcessedOffsets offsets) {
            this.consumer = consumer;
            this.offsets = offsets;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (waiting) {
                consumer.pause(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            drop(partitions);
            offsets.tellNow(consumer, partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            drop(partitions);
            offsets.forget(partitions);
        }

        private void drop(Collection<TopicPartition> partitions) {
            var gone = new HashSet<>(partitions);
            batch.removeIf(record -> gone.contains(new TopicPartition(record.topic(), record.partition())));
        }
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.RawBatchHandler;
import io.mediasaga.messaging.Subscriptions;
import io.mediasaga.messaging.config.MessagingProperties;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Listens to the topics of the service's handlers. Offsets are committed after the batch's transaction, now and
 * then; while the surroundings are away the consumer is paused and the same batch is tried again, without end.
 */
public final class Listeners implements SmartLifecycle, Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final long TRY_AGAIN_SECONDS = 2;

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final MessagingProperties properties;
    private final Routes routes;
    private final List<RawBatchHandler> rawHandlers;
    private final BatchProcessor processor;
    private final TransactionOperations transactions;
    private final TopicProvisioner topics;
    private ScheduledExecutorService starter = Executors.newScheduledThreadPool(0);

    private List<ConsumerLoop> messages = List.of();
    private List<ConsumerLoop> raw = List.of();
    private Set<String> messageTopics = Set.of();
    private Set<String> rawTopics = Set.of();
    private volatile boolean running;

    Listeners(
            ConsumerFactory<byte[], byte[]> consumers,
            MessagingProperties properties,
            Routes routes,
            List<RawBatchHandler> rawHandlers,
            BatchProcessor processor,
            TransactionOperations transactions,
            TopicProvisioner topics) {
        this.consumers = consumers;
        this.properties = properties;
        this.routes = routes;
        this.rawHandlers = rawHandlers;
        this.processor = processor;
        this.transactions = transactions;
        this.topics = topics;
    }

    @Override
    public synchronized void start() {
        starter = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("kafka-listeners").daemon(true).factory());
        running = true;
        refresh();
    }

    @Override
    public void stop() {
        running = false;
        starter.shutdownNow();
        try {
            starter.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            stop(messages);
            stop(raw);
            messages = List.of();
            raw = List.of();
            messageTopics = Set.of();
            rawTopics = Set.of();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return 200;
    }

    @Override
    public void refresh() {
        if (running) {
            starter.execute(this::subscribeOrTryAgain);
        }
    }

    private void subscribeOrTryAgain() {
        try {
            subscribe();
        } catch (RuntimeException e) {
            log.warn("Cannot listen to Kafka yet; it is tried again: {}", Failures.text(e));
            if (running) {
                starter.schedule(this::subscribeOrTryAgain, TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void subscribe() {
        var wanted = new TreeSet<>(routes.topics());
        var wantedRaw = new TreeSet<String>();
        rawHandlers.forEach(handler -> wantedRaw.addAll(handler.topics()));
        var needed = new TreeSet<>(wanted);
        needed.addAll(wantedRaw);
        needed.addAll(routes.sentTopics());
        if (!topics.provide(needed, () -> running)) {
            return;
        }
        synchronized (this) {
            if (!running) {
                return;
            }
            if (!wanted.equals(messageTopics)) {
                stop(messages);
                messages = listen(
                        wanted, properties.service(), properties.consumer().concurrency(), processor::process);
                messageTopics = wanted;
            }
            if (!wantedRaw.equals(rawTopics)) {
                stop(raw);
                raw = listen(wantedRaw, properties.service() + ".raw", 1, this::processRaw);
                rawTopics = wantedRaw;
            }
        }
    }

    private List<ConsumerLoop> listen(
            Set<String> topics, String group, int concurrency, Consumer<List<ConsumerRecord<byte[], byte[]>>> handler) {
        if (topics.isEmpty()) {
            return List.of();
        }
        var settings = properties.consumer();
        var loops = IntStream.range(0, concurrency)
                .mapToObj(i -> new ConsumerLoop(
                        group + "-" + i,
                        () -> consumers.createConsumer(group, "", "-" + i),
                        topics,
                        handler,
                        settings.gather(),
                        settings.maxPollRecords()))
                .toList();
        loops.forEach(ConsumerLoop::start);
        log.info("Listening to {} topics as group {}", topics.size(), group);
        return loops;
    }

    private void processRaw(List<ConsumerRecord<byte[], byte[]>> records) {
        for (RawBatchHandler handler : rawHandlers) {
            Set<String> topics = handler.topics();
            var mine = records.stream()
                    .filter(record -> topics.contains(record.topic()))
                    .toList();
            if (!mine.isEmpty()) {
                transactions.executeWithoutResult(status -> handler.handle(mine));
            }
        }
    }

    private static void stop(List<ConsumerLoop> loops) {
        loops.forEach(ConsumerLoop::stop);
        loops.forEach(ConsumerLoop::awaitStopped);
    }
}

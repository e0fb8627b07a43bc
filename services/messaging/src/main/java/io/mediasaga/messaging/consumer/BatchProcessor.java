package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.deadletter.DeadLetters;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.envelope.InvalidEnvelopeException;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.inbox.InboxStore.MessageKey;
import io.mediasaga.messaging.inbox.InboxStore.Taken;
import io.mediasaga.messaging.inbox.SeenFilter;
import io.mediasaga.messaging.outbox.HeaderText;
import io.mediasaga.messaging.outbox.RecordKeys;
import io.mediasaga.messaging.retry.RetryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a batch of records through inbox and handlers in one transaction. A message whose handler fails does not sink its
 * batch: the transaction is begun again with that message set aside as a durable retry, behind which later ones of its key
 * wait. Thread-safe.
 */
public final class BatchProcessor {

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final EnvelopeCodec codec;
    private final InboxStore inbox;
    private final SeenFilter seen;
    private final RetryStore retries;
    private final DeadLetters deadLetters;
    private final MessageExecutor executor;
    private final TransactionOperations transactions;
    private final ConsumerMetrics metrics;

    BatchProcessor(
            EnvelopeCodec codec,
            InboxStore inbox,
            SeenFilter seen,
            RetryStore retries,
            DeadLetters deadLetters,
            MessageExecutor executor,
            TransactionOperations transactions,
            ConsumerMetrics metrics) {
        this.codec = codec;
        this.inbox = inbox;
        this.seen = seen;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.executor = executor;
        this.transactions = transactions;
        this.metrics = metrics;
    }

    /**
     * Handles the records. Returns when each of them is handled, set aside, or a dead letter, durably.
     *
     * @throws RuntimeException when the surroundings fail (the database is away); nothing has happened then
     */
    public void process(List<ConsumerRecord<byte[], byte[]>> records) {
        var unreadable = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, String>();
        var readable = new LinkedHashMap<MessageKey, Delivery>();
        for (var record : records) {
            read(record, readable, unreadable);
        }
        metrics.received(records.size());
        metrics.duplicates(records.size() - unreadable.size() - readable.size());
        List<Delivery> unseen = seen.unseen(List.copyOf(readable.values()));
        metrics.duplicates(readable.size() - unseen.size());
        if (unseen.isEmpty() && unreadable.isEmpty()) {
            return;
        }
        handle(unseen, unreadable);
    }

    private void handle(List<Delivery> unseen, Map<ConsumerRecord<byte[], byte[]>, String> unreadable) {
        var failures = new IdentityHashMap<Delivery, Throwable>();
        while (true) {
            try {
                transactions.executeWithoutResult(status -> attempt(unseen, unreadable, failures));
                break;
            } catch (DeliveryFailedException e) {
                log.atDebug().setCause(e.failure()).log("Message {} failed", e.delivery().envelope().messageId());
                if (failures.put(e.delivery(), e.failure()) != null) {
                    throw new IllegalStateException("A message that was set aside was handled again", e);
                }
            } catch (RuntimeException e) {
                if (Failures.isSurroundings(e) || unseen.isEmpty()) {
                    throw e;
                }
                if (unseen.size() > 1) {
                    // Nobody said which message it was: each for itself, in order.
                    log.debug("A batch of {} failed as a whole", unseen.size(), e);
                    handle(List.of(), unreadable);
                    unseen.forEach(delivery -> handle(List.of(delivery), Map.of()));
                    return;
                }
                if (failures.put(unseen.getFirst(), e) != null) {
                    throw e;
                }
            }
        }
        seen.seen(unseen.stream()
                .filter(d -> !failures.containsKey(d))
                .map(MessageKey::of)
                .toList());
    }

    private void read(
            ConsumerRecord<byte[], byte[]> record,
            Map<MessageKey, Delivery> readable,
            Map<ConsumerRecord<byte[], byte[]>, String> unreadable) {
        try {
            var delivery = new Delivery(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    RecordKeys.toText(record.key()),
                    HeaderText.toMap(record.headers()),
                    record.value(),
                    codec.read(record.value()));
            switch (executor.route(delivery)) {
                case Route.Unknown unknown -> unreadable.put(record, unknown.reason());
                case Route.Ignored _ -> metrics.ignored();
                default -> readable.putIfAbsent(MessageKey.of(delivery), delivery);
            }
        } catch (InvalidEnvelopeException e) {
            unreadable.put(record, String.valueOf(e.getMessage()));
        }
    }

    private void attempt(
            List<Delivery> deliveries,
            Map<ConsumerRecord<byte[], byte[]>, String> unreadable,
            Map<Delivery, Throwable> failures) {
        unreadable.forEach(deadLetters::unreadable);
        if (deliveries.isEmpty()) {
            return;
        }
        Taken taken = inbox.take(deliveries);
        var waiting = new HashSet<>(taken.waitingKeys());
        var ready = new ArrayList<Delivery>(deliveries.size());
        for (Delivery delivery : deliveries) {
            if (taken.fresh().contains(MessageKey.of(delivery))) {
                setAsideOr(delivery, failures, waiting, ready);
            } else {
                metrics.duplicates(1);
            }
        }
        executor.execute(ready);
        metrics.handled(ready.size());
    }

    private void setAsideOr(
            Delivery delivery, Map<Delivery, Throwable> failures, Set<String> waiting, List<Delivery> ready) {
        Throwable failure = failures.get(delivery);
        if (waiting.contains(delivery.orderingKey())) {
            retries.park(delivery);
        } else if (failure == null) {
            ready.add(delivery);
        } else if (Failures.isPermanent(failure)) {
            String error = Failures.text(failure);
            deadLetters.bury(delivery, executor.route(delivery), 1, error, error);
        } else {
            waiting.add(delivery.orderingKey());
            retries.add(delivery, Failures.text(failure));
            metrics.retried();
        }
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.deadletter.DeadLetters;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.inbox.InboxStore.MessageKey;
import io.mediasaga.messaging.inbox.InboxStore.Taken;
import io.mediasaga.messaging.inbox.SeenFilter;
import io.mediasaga.messaging.retry.RetryStore;
import io.mediasaga.tracing.Tracing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a batch of records through inbox and handlers in one transaction. A message whose handler fails does not sink its
 * batch: the transaction is begun again with that message set aside as a durable retry, behind which later ones of its key
 * wait. Thread-safe.
 */
public final class BatchProcessor {

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);
    /** With more failures than this, beginning again with all the others costs more than taking each for itself. */
    private static final int MAX_FAILURES_TOGETHER = 5;

    private static final int MAX_CONFLICTS = 3;

    private final BatchReader reader;
    private final InboxStore inbox;
    private final SeenFilter seen;
    private final RetryStore retries;
    private final DeadLetters deadLetters;
    private final MessageExecutor executor;
    private final TransactionOperations transactions;
    private final ConsumerMetrics metrics;
    private final Tracing tracing;

    BatchProcessor(
            BatchReader reader,
            InboxStore inbox,
            SeenFilter seen,
            RetryStore retries,
            DeadLetters deadLetters,
            MessageExecutor executor,
            TransactionOperations transactions,
            ConsumerMetrics metrics,
            Tracing tracing) {
        this.reader = reader;
        this.inbox = inbox;
        this.seen = seen;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.executor = executor;
        this.transactions = transactions;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /**
     * Handles the records; there may be none, then it does what has waited for a quiet moment. Returns when each of them is handled, set aside, or a dead letter, durably.
     *
     * @throws RuntimeException when the surroundings fail (the database is away); nothing has happened then
     */
    public void process(List<ConsumerRecord<byte[], byte[]>> records) {
        var batch = reader.read(records);
        metrics.received(records.size());
        metrics.ignored(batch.ignored());
        List<Delivery> unseen = seen.unseen(batch.deliveries());
        metrics.duplicates(batch.duplicates() + batch.deliveries().size() - unseen.size());
        if (!unseen.isEmpty() || !batch.unreadable().isEmpty()) {
            var spans = new HandlingSpans(tracing);
            List<Delivery> traced = spans.begin(unseen);
            handle(new Batch(traced, batch.unreadable(), executor.beforehand(traced), spans), new IdentityHashMap<>());
        }
    }

    /** What goes into one transaction; outcomes that have come about before it are by identity of the delivery. */
    private record Batch(
            List<Delivery> deliveries,
            Map<ConsumerRecord<byte[], byte[]>, String> unreadable,
            Map<Delivery, Outcome> early,
            HandlingSpans spans) {

        Batch with(List<Delivery> some, Map<ConsumerRecord<byte[], byte[]>, String> unreadableOnes) {
            return new Batch(some, unreadableOnes, early, spans);
        }
    }

    private void handle(Batch batch, Map<Delivery, Throwable> failures) {
        List<Delivery> deliveries = batch.deliveries();
        for (int conflicts = 0; ; ) {
            try {
                commit(batch, failures);
                return;
            } catch (RuntimeException thrown) {
                RuntimeException e = Failures.reason(thrown);
                if (e instanceof ConcurrencyFailureException && ++conflicts <= MAX_CONFLICTS) {
                    continue;
                }
                if (Failures.isSurroundings(e) || deliveries.isEmpty()) {
                    throw e;
                }
                boolean named = note(e, deliveries, failures);
                if (deliveries.size() > 1 && (!named || failures.size() > MAX_FAILURES_TOGETHER)) {
                    handleEach(batch, failures);
                    return;
                }
            }
        }
    }

    /** Notes which message failed; answers false when nobody knows. */
    private static boolean note(RuntimeException e, List<Delivery> deliveries, Map<Delivery, Throwable> failures) {
        Delivery failed = null;
        if (deliveries.size() == 1) {
            failed = deliveries.getFirst();
        } else if (e instanceof DeliveryFailedException named && !Failures.isCutOff(e)) {
            // (A transaction that was cut off fails in the handler after the one that dawdled.)
            failed = named.delivery();
        }
        log.debug("Of {} messages, {} failed", deliveries.size(), failed == null ? "one" : failed.envelope(), e);
        if (failed != null && failures.put(failed, e) != null) {
            throw new IllegalStateException("A message could not even be set aside", e);
        }
        return failed != null;
    }

    /** Each in a transaction of its own, in their order. */
    private void handleEach(Batch batch, Map<Delivery, Throwable> failures) {
        handle(batch.with(List.of(), batch.unreadable()), new IdentityHashMap<>());
        for (Delivery delivery : batch.deliveries()) {
            var known = new IdentityHashMap<Delivery, Throwable>();
            if (failures.containsKey(delivery)) {
                known.put(delivery, failures.get(delivery));
            }
            handle(batch.with(List.of(delivery), Map.of()), known);
        }
    }

    private void commit(Batch batch, Map<Delivery, Throwable> failures) {
        Result result = Objects.requireNonNull(transactions.execute(status -> attempt(batch, failures)));
        batch.spans().end(batch.deliveries(), failures);
        metrics.handled(result.handled());
        metrics.duplicates(result.duplicates());
        metrics.retried(result.retried());
        seen.seen(batch.deliveries().stream()
                .filter(delivery -> !failures.containsKey(delivery))
                .map(MessageKey::of)
                .toList());
    }

    private record Result(int handled, int duplicates, int retried) {}

    private Result attempt(Batch batch, Map<Delivery, Throwable> failures) {
        List<Delivery> deliveries = batch.deliveries();
        batch.unreadable().forEach(deadLetters::unreadable);
        if (deliveries.isEmpty()) {
            return new Result(0, 0, 0);
        }
        Taken taken = inbox.take(deliveries);
        var waiting = new HashSet<>(taken.waitingKeys());
        var ready = new ArrayList<Delivery>(deliveries.size());
        int duplicates = 0;
        int retried = 0;
        for (Delivery delivery : deliveries) {
            if (!taken.fresh().contains(MessageKey.of(delivery))) {
                duplicates++;
                batch.spans().outcome(delivery, "duplicate");
            } else if (waiting.contains(delivery.orderingKey())) {
                retries.park(delivery);
                batch.spans().outcome(delivery, "waits behind an older one of its key");
            } else if (!failures.containsKey(delivery)) {
                ready.add(delivery);
            } else {
                retried += setAside(delivery, failures.get(delivery), waiting);
            }
        }
        executor.execute(ready, batch.early());
        return new Result(ready.size(), duplicates, retried);
    }

    private int setAside(Delivery delivery, Throwable failure, Set<String> waiting) {
        String error = Failures.text(failure);
        if (retries.isLastAttempt(1) || Failures.isPermanent(failure)) {
            deadLetters.bury(delivery, executor.route(delivery), 1, error, error);
            return 0;
        }
        waiting.add(delivery.orderingKey());
        retries.add(delivery, error);
        return 1;
    }
}

package io.mediasaga.messaging;

import io.mediasaga.messaging.consumer.Failures;
import io.mediasaga.messaging.consumer.Gathering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets many callers share transactions. While one batch commits, the items of other callers gather and become the next one,
 * for a while longer where there are many; a caller who comes alone is served at once. Thread-safe, and made for virtual threads.
 *
 * @param <T> what callers bring
 * @param <R> what they get
 */
public final class Batcher<T, R> {

    private static final int MAX_CONFLICTS = 3;
    private static final int LARGE_BATCH = 4;

    private final int maxBatch;
    private final TransactionOperations transactions;
    private final Function<List<T>, List<R>> work;
    private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Gathering gathering;

    private record Entry<T, R>(T item, CompletableFuture<R> result) {}

    /**
     * @param maxBatch the most items in one transaction
     * @param gather the most time from one transaction to the next while many come; shorter where they take little time
     * @param transactions starts the transactions
     * @param work does the work for some items in the current transaction and answers one result for each, in their order;
     *     called by one thread at a time, and possibly again for the same items after a rollback
     */
    public Batcher(
            int maxBatch, Duration gather, TransactionOperations transactions, Function<List<T>, List<R>> work) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch is " + maxBatch + "; at least 1 is needed");
        }
        this.maxBatch = maxBatch;
        this.transactions = transactions;
        this.work = work;
        this.gathering = new Gathering(gather, LARGE_BATCH);
    }

    /** The same without waiting for more than what comes while a transaction is under way. */
    public Batcher(int maxBatch, TransactionOperations transactions, Function<List<T>, List<R>> work) {
        this(maxBatch, Duration.ZERO, transactions, work);
    }

    /** How many items wait for their transaction to begin. */
    public int waiting() {
        return waitingCount.get();
    }

    /**
     * Does the work for the item together with others, and returns when it is committed. When the work fails for a batch,
     * each of its items is tried alone, so that nobody gets another's failure.
     *
     * @throws RuntimeException what the work threw for this item alone; or why the database could not be reached, which then
     *     reaches all callers of the batch, and leaves open whether the work was committed
     * @throws IllegalStateException when the caller is in a transaction, which this one could not be part of
     */
    public R submit(T item) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The work of a Batcher is not part of the caller's transaction; call it outside.");
        }
        var entry = new Entry<T, R>(item, new CompletableFuture<>());
        waitingCount.incrementAndGet();
        waiting.add(entry);
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("batcher").start(this::runAll);
        }
        try {
            return entry.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void runAll() {
        do {
            for (var batch = take(); !batch.isEmpty(); batch = take()) {
                gathering.taken(batch.size());
                run(batch);
                gather();
            }
            busy.set(false);
            // Whoever came after the last look and before that saw it busy.
        } while (!waiting.isEmpty() && busy.compareAndSet(false, true));
    }

    private void gather() {
        try {
            gathering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that; whoever waits is served all the same
        }
    }

    private List<Entry<T, R>> take() {
        var batch = new ArrayList<Entry<T, R>>();
        while (batch.size() < maxBatch) {
            Entry<T, R> next = waiting.poll();
            if (next == null) {
                break;
            }
            waitingCount.decrementAndGet();
            batch.add(next);
        }
        return batch;
    }

    private void run(List<Entry<T, R>> batch) {
        for (int conflicts = 0; ; ) {
            try {
                List<R> results = Objects.requireNonNull(transactions.execute(status -> results(batch)));
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).result().complete(results.get(i));
                }
                return;
            } catch (Throwable e) {
                if (e instanceof ConcurrencyFailureException && ++conflicts <= MAX_CONFLICTS) {
                    continue;
                }
                if (batch.size() > 1 && !Failures.isSurroundings(e)) {
                    batch.forEach(entry -> run(List.of(entry)));
                } else {
                    batch.forEach(entry -> entry.result().completeExceptionally(e));
                }
                return;
            }
        }
    }

    private List<R> results(List<Entry<T, R>> batch) {
        List<R> results = work.apply(batch.stream().map(Entry::item).toList());
        if (results.size() != batch.size()) {
            throw new IllegalStateException(
                    "The work answered " + results.size() + " results for " + batch.size() + " items");
        }
        return results;
    }
}

package io.mediasaga.messaging.retry;

import io.mediasaga.messaging.config.MessagingProperties.Retry;
import io.mediasaga.messaging.consumer.ConsumerMetrics;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.consumer.Failures;
import io.mediasaga.messaging.consumer.HandlingSpans;
import io.mediasaga.messaging.retry.RetryStore.Waiting;
import io.mediasaga.tracing.Tracing;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/** Gives failed messages to their handlers again when they are due, and buries them when that was the last attempt. */
public final class RetryWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RetryWorker.class);
    /** No longer than the shortest wait before a retry, so that whoever is new is seen before he is due. */
    private static final Duration POLL = Duration.ofSeconds(1);
    /** For one that is due and cannot be taken: another replica has it, or an older one of its key. */
    private static final Duration OTHERS = Duration.ofMillis(250);


    private final RetryStore store;
    private final Handler handler;
    private final Burial burial;
    private final Retry settings;
    private final TransactionOperations transactions;
    private final ConsumerMetrics metrics;
    private final Tracing tracing;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private Thread thread = Thread.currentThread();

    /** Calls the handler of a message inside the current transaction. */
    @FunctionalInterface
    public interface Handler {
        /** @throws RuntimeException when it fails */
        void handle(Delivery delivery);
    }

    /** Makes a message a dead letter inside the current transaction. */
    @FunctionalInterface
    public interface Burial {
        /** Buries the message after so many attempts. */
        void bury(Delivery delivery, int attempts, String firstError, String lastError);
    }

    /** @param transactions starts a transaction for each message */
    public RetryWorker(
            RetryStore store,
            Handler handler,
            Burial burial,
            Retry settings,
            TransactionOperations transactions,
            ConsumerMetrics metrics,
            Tracing tracing) {
        this.store = store;
        this.handler = handler;
        this.burial = burial;
        this.settings = settings;
        this.transactions = transactions;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    @Override
    public void start() {
        var latch = new CountDownLatch(1);
        stop = latch;
        thread = Thread.ofPlatform().name("retry-worker").daemon(true).start(() -> run(latch));
    }

    @Override
    public void stop() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    /** Stops before the relay does. */
    @Override
    public int getPhase() {
        return 100;
    }

    private void run(CountDownLatch latch) {
        boolean away = false;
        try {
            while (latch.getCount() > 0) {
                Duration wait = POLL;
                try {
                    if (attemptOne()) {
                        continue;
                    }
                    wait = untilNext();
                    away = false;
                } catch (RuntimeException e) {
                    if (!away) {
                        log.warn("Retries wait: {}", Failures.text(e));
                    }
                    away = true;
                }
                if (latch.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNext() {
        Duration next = store.untilNext();
        Duration most = settings.backoff().compareTo(POLL) < 0 ? OTHERS : POLL;
        if (next == null || next.compareTo(most) > 0) {
            return most;
        }
        return next.isPositive() ? next : OTHERS;
    }

    /** Attempts one message that is due; answers whether there was one. */
    boolean attemptOne() {
        var taken = new AtomicReference<Waiting>();
        try {
            transactions.executeWithoutResult(status -> store.takeDue().ifPresent(waiting -> {
                taken.set(waiting);
                attempt(waiting, status);
            }));
        } catch (RuntimeException thrown) {
            RuntimeException e = Failures.reason(thrown);
            if (taken.get() == null || Failures.isSurroundings(e)) {
                throw e;
            }
            // The transaction could not even be taken back to where the attempt began.
            transactions.executeWithoutResult(status -> failed(taken.get(), e));
        }
        return taken.get() != null;
    }

    /** A failure is noted under the lock of the attempt, or another worker would make the same attempt in between. */
    private void attempt(Waiting waiting, TransactionStatus status) {
        Object before = status.createSavepoint();
        var spans = new HandlingSpans(tracing);
        Delivery delivery = spans.begin(waiting.delivery(), waiting.attempts() + 1);
        try {
            handler.handle(delivery);
            store.remove(waiting);
            spans.end(delivery);
        } catch (RuntimeException e) {
            if (Failures.isSurroundings(e)) {
                throw e;
            }
            try {
                status.rollbackToSavepoint(before);
            } catch (TransactionException | DataAccessException lost) {
                e.addSuppressed(lost);
                throw e;
            }
            spans.fail(delivery, e);
            failed(waiting, e);
        }
    }

    private void failed(Waiting waiting, Throwable failure) {
        String error = Failures.text(failure);
        int attempts = waiting.attempts() + 1;
        if (!store.isLastAttempt(attempts) && !Failures.isPermanent(failure)) {
            metrics.retried();
            store.failed(waiting, settings.after(attempts), error);
        } else if (store.remove(waiting)) {
            String firstError = waiting.firstError() == null ? error : waiting.firstError();
            burial.bury(waiting.delivery(), attempts, firstError, error);
        }
    }
}

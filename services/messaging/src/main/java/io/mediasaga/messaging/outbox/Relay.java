package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Backlog;
import io.mediasaga.messaging.outbox.OutboxStore.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what the fast path left behind: rows of a process that died, of sends that failed, and rows whose key had an older
 * one waiting. Runs in every replica; each has its share of the hash buckets.
 */
final class Relay implements SmartLifecycle, Backlog {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration SEND_WAIT = Duration.ofSeconds(5);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);
    private static final Duration ACK_LINGER = Duration.ofMillis(200);
    private static final Duration MEASURE = Duration.ofSeconds(1);
    private static final Duration MEASURE_LARGE = Duration.ofSeconds(5);
    private static final Duration LEAVE_TO_OTHERS = Duration.ofSeconds(3);
    private static final long LARGE = 10_000;

    private final OutboxStore store;
    private final Dispatcher dispatcher;
    private final Bookkeeping bookkeeping;
    private final BucketLeases leases;
    private final DueRows dueRows;
    private final TransactionOperations transactions;
    private final Duration pollInterval;
    private final Semaphore signal = new Semaphore(0);

    private volatile boolean running;
    private volatile boolean workDue;
    private volatile boolean laneWaits;
    private volatile Waiting backlog = new Waiting(0, Duration.ZERO);
    private Thread thread = Thread.currentThread();
    private long lookedAt;
    private long measuredAt;
    private boolean databaseAway;
    private boolean stalled;
    private long stalledAt;

    Relay(
            OutboxStore store,
            Dispatcher dispatcher,
            Bookkeeping bookkeeping,
            BucketLeases leases,
            DueRows dueRows,
            TransactionOperations transactions,
            Duration pollInterval) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.bookkeeping = bookkeeping;
        this.leases = leases;
        this.dueRows = dueRows;
        this.transactions = transactions;
        this.pollInterval = pollInterval;
    }

    /** There is something to send. */
    void wake() {
        workDue = true;
        signal();
    }

    /** There is something to write down; it may well ride along with the next transaction. */
    void signal() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Acknowledgements have been written down: what waited behind those rows can be sent. */
    void progressed() {
        if (laneWaits) {
            wake();
        }
    }

    @Override
    public long unsent() {
        return backlog.rows();
    }

    @Override
    public Duration oldest() {
        return backlog.oldest();
    }

    @Override
    public Set<String> unsent(Collection<String> keys) {
        return keys.isEmpty() ? Set.of() : store.unsent(keys, dueRows.closedTopics());
    }

    @Override
    public void start() {
        running = true;
        lookedAt = System.nanoTime() - pollInterval.toNanos();
        measuredAt = System.nanoTime() - MEASURE_LARGE.toNanos();
        thread = Thread.ofPlatform().name("outbox-relay").daemon(true).start(this::run);
    }

    /** Waits a moment for acknowledgements, writes them down, and hands everything else over to other replicas. */
    @Override
    public void stop() {
        running = false;
        signal();
        try {
            thread.join(STOP_WAIT.plus(SEND_WAIT));
            long deadline = System.nanoTime() + STOP_WAIT.toNanos();
            while (dispatcher.unanswered() > 0 && !dispatcher.isStalled() && System.nanoTime() < deadline) {
                signal.tryAcquire(50, TimeUnit.MILLISECONDS);
            }
            writeProgress();
            store.handOver(dispatcher.inFlight());
            leases.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException e) {
            log.info("The relay's leases run out by themselves: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before the consumers and stops after them. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        while (running) {
            try {
                balance();
                measure();
                boolean more = round();
                databaseAway = false;
                if (!more) {
                    pause();
                }
            } catch (DataAccessException | TransactionException e) {
                if (!databaseAway) {
                    log.warn("The relay waits for the database: {}", e.getMessage());
                }
                databaseAway = true;
                leases.forget();
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("The relay met an unexpected failure and goes on", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            boolean signalled = signal.tryAcquire(pollInterval.toMillis(), TimeUnit.MILLISECONDS);
            if (signalled && running && !workDue && !laneWaits) {
                // Acknowledgements normally ride along with the next transaction; give it the chance.
                TimeUnit.MILLISECONDS.sleep(ACK_LINGER.toMillis());
            }
            signal.drainPermits();
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** A replica that Kafka does not answer leaves its buckets to others; those that nobody takes it takes again. */
    private void balance() {
        boolean stalledBefore = stalled;
        stalled = dispatcher.isStalled();
        if (stalled && !stalledBefore) {
            log.warn(
                    "Kafka has not acknowledged {} messages for a while; other replicas may send what waits in the outbox",
                    dispatcher.unanswered());
            leases.release();
            stalledAt = System.nanoTime();
        } else if (!stalled || System.nanoTime() - stalledAt > LEAVE_TO_OTHERS.toNanos()) {
            leases.balance(!stalled);
        }
    }

    private void measure() {
        Duration interval = backlog.rows() > LARGE ? MEASURE_LARGE : MEASURE;
        if (System.nanoTime() - measuredAt >= interval.toNanos()) {
            backlog = store.backlog();
            measuredAt = System.nanoTime();
        }
    }

    /** Writes down what was acknowledged, sends what is due; answers whether there may be more. */
    private boolean round() throws InterruptedException {
        writeProgress();
        boolean look = workDue || System.nanoTime() - lookedAt >= pollInterval.toNanos();
        if (!look || !dispatcher.hasRoom()) {
            return false;
        }
        workDue = false;
        lookedAt = System.nanoTime();
        List<OutboxRow> due = dueRows.find(leases.owned());
        laneWaits = dueRows.anyBehindOthers();
        if (due.isEmpty()) {
            return false;
        }
        boolean complete = dispatcher.dispatch(due, false).await(SEND_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        boolean failed = writeProgress();
        workDue |= complete && !failed;
        return workDue;
    }

    /** Answers whether sends had failed. */
    private boolean writeProgress() {
        var entry = bookkeeping.open();
        if (entry.isEmpty()) {
            return false;
        }
        try {
            transactions.executeWithoutResult(status -> entry.write());
            entry.committed();
        } catch (RuntimeException e) {
            entry.rolledBack();
            throw e;
        }
        progressed();
        return entry.hasFailed();
    }
}

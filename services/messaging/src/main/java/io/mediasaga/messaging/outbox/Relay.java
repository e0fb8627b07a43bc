package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Backlog;
import io.mediasaga.messaging.outbox.OutboxRow.Lane;
import io.mediasaga.messaging.outbox.OutboxStore.PageRow;
import io.mediasaga.messaging.outbox.OutboxStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private static final int PER_BUCKET = 200;
    private static final int MAX_PAGES = 50;
    private static final Duration SEND_WAIT = Duration.ofSeconds(5);
    private static final Duration ACK_LINGER = Duration.ofMillis(50);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);

    private final OutboxStore store;
    private final Dispatcher dispatcher;
    private final Durability durability;
    private final BucketLeases leases;
    private final TailGuard tailGuard;
    private final TransactionOperations transactions;
    private final Duration pollInterval;
    private final Semaphore wakeUp = new Semaphore(0);

    private volatile boolean running;
    private volatile Waiting backlog = new Waiting(0, Duration.ZERO);
    private Thread thread = Thread.currentThread();
    private Short[] owned = {};
    private long housekeptAt = System.nanoTime() - HOUSEKEEPING.toNanos();
    private boolean databaseAway;

    Relay(
            OutboxStore store,
            Dispatcher dispatcher,
            Durability durability,
            BucketLeases leases,
            TailGuard tailGuard,
            TransactionOperations transactions,
            Duration pollInterval) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.durability = durability;
        this.leases = leases;
        this.tailGuard = tailGuard;
        this.transactions = transactions;
        this.pollInterval = pollInterval;
    }

    /** Lets the relay look now. */
    void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
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
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon(true).start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        try {
            thread.join(Duration.ofSeconds(10));
            writeProgress();
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
                housekeeping();
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
            if (wakeUp.tryAcquire(pollInterval.toMillis(), TimeUnit.MILLISECONDS) && running) {
                // Acknowledgements normally ride along with the next transaction; give it the chance.
                TimeUnit.MILLISECONDS.sleep(ACK_LINGER.toMillis());
            }
            wakeUp.drainPermits();
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void housekeeping() {
        if (System.nanoTime() - housekeptAt >= HOUSEKEEPING.toNanos()) {
            housekeptAt = System.nanoTime();
            owned = leases.balance();
            backlog = store.backlog();
            tailGuard.check();
        }
    }

    /** Writes down what was acknowledged, sends what is due; answers whether there may be more. */
    private boolean round() throws InterruptedException {
        writeProgress();
        if (owned.length == 0) {
            return false;
        }
        List<OutboxRow> due = due();
        if (due.isEmpty()) {
            return false;
        }
        boolean complete = dispatcher.dispatch(due).await(SEND_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        int failed = writeProgress();
        return complete && failed < due.size();
    }

    /** Contiguous runs of rows from the oldest of each key on, without keys of which a row is being sent already. */
    private List<OutboxRow> due() {
        var after = new HashMap<Short, Long>();
        var blocked = new HashSet<Lane>();
        var due = new ArrayList<OutboxRow>();
        for (int pages = 0; pages < MAX_PAGES && due.isEmpty(); pages++) {
            Long[] cursor = Arrays.stream(owned).map(b -> after.getOrDefault(b, 0L)).toArray(Long[]::new);
            List<PageRow> page = store.page(owned, cursor, PER_BUCKET);
            if (page.isEmpty()) {
                break;
            }
            for (PageRow candidate : page) {
                OutboxRow row = candidate.row();
                after.put(row.bucket(), row.id());
                if (!candidate.available() || dispatcher.isInFlight(row)) {
                    blocked.add(row.lane());
                } else if (!blocked.contains(row.lane())) {
                    due.add(row);
                }
            }
        }
        return due;
    }

    private int writeProgress() {
        var progress = dispatcher.drain();
        if (progress.isEmpty()) {
            return 0;
        }
        try {
            transactions.executeWithoutResult(status -> {
                store.acknowledge(progress.acknowledged(), durability::isReplicated);
                if (!progress.failed().isEmpty()) {
                    store.release(progress.failed());
                }
            });
            tailGuard.acknowledged(progress.acknowledged());
        } catch (RuntimeException e) {
            dispatcher.putBack(progress);
            throw e;
        }
        return progress.failed().size();
    }
}

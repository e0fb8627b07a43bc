package io.mediasaga.messaging.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the runner of this process when there is something to do. */
public final class WorkSignal {

    private final Semaphore wakeUp = new Semaphore(0);

    void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    /** Wakes once the current transaction has committed. */
    void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    wake();
                }
            });
        } else {
            wake();
        }
    }

    void await(Duration atMost) throws InterruptedException {
        wakeUp.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        wakeUp.drainPermits();
    }
}

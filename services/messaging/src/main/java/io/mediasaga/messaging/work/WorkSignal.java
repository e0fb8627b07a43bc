package io.mediasaga.messaging.work;

import io.mediasaga.messaging.work.WorkLeases.Claim;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Between those who add work and the runner of this process. Thread-safe. */
public final class WorkSignal {

    private final Semaphore wakeUp = new Semaphore(0);
    private final AtomicReference<@Nullable Runner> runner = new AtomicReference<>();

    /** Runs work that its adder has claimed for it, so that it need not be looked for in the database. */
    interface Runner {

        /** Whose leases they are, and for how long. */
        String owner();

        Duration lease();

        /** Sets places aside, at most so many; answers how many. */
        int reserve(int atMost);

        /** Gives places back. */
        void giveBack(int places);

        /** Runs the work, in places that were set aside for it. */
        void run(List<Claim> claims);
    }

    @Nullable Runner runner() {
        return runner.get();
    }

    void attach(@Nullable Runner newRunner) {
        runner.set(newRunner);
    }

    void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    void await(Duration atMost) throws InterruptedException {
        wakeUp.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        wakeUp.drainPermits();
    }
}

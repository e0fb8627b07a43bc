package io.mediasaga.orchestrator;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one piece of work again and again on a thread of its own: at once while there is more to do, else after an
 * interval. A failure is logged when it is a new one and does not end the loop.
 */
public final class Loop {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final Duration interval;
    private final BooleanSupplier work;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private @Nullable Thread thread;
    private @Nullable String lastFailure;

    /**
     * @param name what the work is, for logs
     * @param work answers whether there is more to do right now
     */
    public Loop(String name, Duration interval, BooleanSupplier work) {
        this.name = name;
        this.interval = interval;
        this.work = work;
    }

    public synchronized void start() {
        if (!isRunning()) {
            var latch = new CountDownLatch(1);
            stopped = latch;
            thread = Thread.ofVirtual().name(name).start(() -> run(latch));
        }
    }

    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    /** Ends after the piece of work that is being done; waits for that. It can be started again. */
    public synchronized void stop() {
        stopped.countDown();
        if (thread != null) {
            try {
                thread.join(STOP_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(CountDownLatch latch) {
        try {
            while (latch.getCount() > 0) {
                if (!once() && latch.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean once() {
        try {
            boolean more = work.getAsBoolean();
            if (lastFailure != null) {
                log.info("{} works again", name);
                lastFailure = null;
            }
            return more;
        } catch (RuntimeException | Error e) {
            if (!Objects.equals(lastFailure, e.toString())) {
                log.warn("{} fails and is tried again every {} ms", name, interval.toMillis(), e);
                lastFailure = e.toString();
            }
            return false;
        }
    }
}

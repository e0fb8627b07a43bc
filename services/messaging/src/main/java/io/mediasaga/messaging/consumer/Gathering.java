package io.mediasaga.messaging.consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets batches grow where there is much to do: after a large batch the next one is begun no earlier than a span after it, and
 * what comes meanwhile shares its transaction. After a small batch nothing is waited for, so a message that comes alone is
 * handled at once. Not thread-safe.
 */
public final class Gathering {

    private final long span;
    private final int large;
    private long begun = System.nanoTime();
    private boolean busy;

    /**
     * @param span the least time between two batches while there is much to do; nothing is waited for where it is zero
     * @param large from so many on a batch is large
     */
    public Gathering(Duration span, int large) {
        this.span = span.toNanos();
        this.large = large;
    }

    /** Whether there is much to do. */
    public boolean isBusy() {
        return busy;
    }

    /** Waits until the next batch may be taken. */
    public void await() throws InterruptedException {
        long left = busy ? begun + span - System.nanoTime() : 0;
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** A batch of so many messages has been taken. */
    public void taken(int messages) {
        busy = messages >= large && span > 0;
        begun = System.nanoTime();
    }
}

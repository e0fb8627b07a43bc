package io.mediasaga.messaging.consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets batches grow where there is much to do: after a large batch the next one is begun no earlier than a span after it, and
 * what comes meanwhile shares its transaction. The span follows the time that the batch took: where the machine is busy it is
 * longer, and what each batch costs is shared by more messages. After a small batch nothing is waited for, so a message that comes
 * alone is handled at once. Not thread-safe.
 */
public final class Gathering {

    /** From the beginning of a batch to that of the next, in times that the batch took. */
    private static final int STRETCH = 3;

    private final long span;
    private final int large;
    private long begun = System.nanoTime();
    private boolean busy;

    /**
     * @param span the most time from one batch to the next while there is much to do; nothing is waited for where it is zero
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
        long left = busy ? left(System.nanoTime() - begun) : 0;
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** What is left to wait after a batch that took so long, both in nanoseconds. */
    long left(long taken) {
        return Math.min(span, STRETCH * taken) - taken;
    }

    /** A batch of so many messages has been taken. */
    public void taken(int messages) {
        busy = messages >= large && span > 0;
        begun = System.nanoTime();
    }
}

package io.mediasaga.standalone.bench;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When the next saga is started. */
sealed interface Pace {

    /**
     * Waits until a saga is due.
     *
     * @return when it was due, on the clock of {@link System#nanoTime}; latency counts from there, so that a platform that is
     *     late with one saga is not forgiven the ones behind it
     */
    long await() throws InterruptedException;

    /** A saga has ended, or was not to be started. */
    void ended();

    /** The warm-up is over. */
    default void warm() {}

    /** So many a second, whatever the platform does. */
    final class Rate implements Pace {
        private final double perSecond;
        private final long begin = System.nanoTime();
        private long started;

        Rate(double perSecond) {
            this.perSecond = perSecond;
        }

        @Override
        public long await() throws InterruptedException {
            long due = begin + (long) (started++ * Duration.ofSeconds(1).toNanos() / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return due;
        }

        @Override
        public void ended() {}
    }

    /** So many at the same time: the next one when one has ended. */
    final class Concurrency implements Pace {
        private final Places free;
        private final int fewerWhenWarm;

        Concurrency(int most) {
            this(most, most);
        }

        /** @param warming how many at the same time during the warm-up, at least {@code most} */
        Concurrency(int most, int warming) {
            free = new Places(warming);
            fewerWhenWarm = warming - most;
        }

        @Override
        public void warm() {
            free.reducePermits(fewerWhenWarm);
        }

        @Override
        public long await() throws InterruptedException {
            // A saga that is lost must not hold the run for ever: the caller looks at the time now and then.
            return free.tryAcquire(1, TimeUnit.SECONDS) ? System.nanoTime() : NOT_YET;
        }

        @Override
        public void ended() {
            free.release();
        }
    }

    /** A semaphore that gets narrower. */
    final class Places extends Semaphore {
        private static final long serialVersionUID = 1L;

        Places(int permits) {
            super(permits);
        }

        @Override
        public void reducePermits(int reduction) {
            super.reducePermits(reduction);
        }
    }

    /** Nothing is due yet: ask again. */
    long NOT_YET = Long.MIN_VALUE;
}

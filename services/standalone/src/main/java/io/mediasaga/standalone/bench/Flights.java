package io.mediasaga.standalone.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The sagas of a run: which were accepted, which are under way, and how long the ended ones took. Thread-safe. */
final class Flights {

    /** A saga that has ended: when it was due and when its end was known, on the clock of {@link System#nanoTime}. */
    record Ended(long due, long at) {
        long nanos() {
            return at - due;
        }
    }

    private final Map<String, Long> underWay = new ConcurrentHashMap<>();
    private final Collection<String> accepted = new ConcurrentLinkedQueue<>();
    private final List<Ended> ended = new ArrayList<>();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable String lastFailure;
    private volatile CountDownLatch drained = new CountDownLatch(1);

    void started(String saga, long due) {
        underWay.put(saga, due);
        started.incrementAndGet();
    }

    void accepted(String saga) {
        accepted.add(saga);
    }

    /** The platform said that it has too much to do. */
    void refused(String saga) {
        underWay.remove(saga);
        refused.incrementAndGet();
    }

    /** A request of the saga was not answered as it should be. Whether the saga runs is for the audit to see. */
    void failed(String why) {
        failed.incrementAndGet();
        lastFailure = why;
    }

    boolean isUnderWay(String saga) {
        return underWay.containsKey(saga);
    }

    /** Notes the end; answers whether it was awaited. */
    boolean ended(String saga, long at) {
        Long due = underWay.remove(saga);
        if (due == null) {
            return false;
        }
        synchronized (ended) {
            ended.add(new Ended(due, at));
        }
        if (underWay.isEmpty()) {
            drained.countDown();
        }
        return true;
    }

    long startedSoFar() {
        return started.get();
    }

    long endedSoFar() {
        synchronized (ended) {
            return ended.size();
        }
    }

    int inFlight() {
        return underWay.size();
    }

    long refusedSoFar() {
        return refused.get();
    }

    long failedSoFar() {
        return failed.get();
    }

    @Nullable String lastFailure() {
        return lastFailure;
    }

    Collection<String> accepted() {
        return List.copyOf(accepted);
    }

    /** What has ended, in the order of the ends. */
    List<Ended> ended() {
        synchronized (ended) {
            return List.copyOf(ended);
        }
    }

    /** Waits until nothing is under way; answers whether that was so in time. Nothing may be started meanwhile. */
    boolean awaitDrained(long seconds) throws InterruptedException {
        drained = new CountDownLatch(1);
        return underWay.isEmpty() || drained.await(seconds, TimeUnit.SECONDS) || underWay.isEmpty();
    }
}

package io.mediasaga.standalone.verify;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** How far the run is. Thread-safe. */
final class Progress {

    private final Set<Integer> started = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Collection<Injection> injected = new ConcurrentLinkedQueue<>();
    private final AtomicLong copies = new AtomicLong();
    private volatile long movedAt = System.nanoTime();
    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();

    void started(int number) {
        started.add(number);
    }

    void accepted(String saga) {
        accepted.add(saga);
    }

    void ended(String saga) {
        if (ended.add(saga)) {
            movedAt = System.nanoTime();
        }
    }

    /** Whether no saga has ended for so long. */
    boolean quietFor(Duration time) {
        return System.nanoTime() - movedAt > time.toNanos();
    }

    void injected(Injection injection) {
        injected.add(injection);
    }

    void copied() {
        copies.incrementAndGet();
    }

    /** Something was answered that should not have been. */
    void complain(String what) {
        complaints.add(what);
    }

    int startedSoFar() {
        return started.size();
    }

    /** The numbers of the sagas whose start was tried. */
    Set<Integer> numbers() {
        return started;
    }

    Set<String> acceptedSoFar() {
        return accepted;
    }

    int endedSoFar() {
        return ended.size();
    }

    /** Sagas that have been started and whose end has not been heard of. */
    int underWay() {
        return started.size() - ended.size();
    }

    int injectedSoFar() {
        return injected.size();
    }

    /** What of the schedule has been carried out. */
    Collection<Injection> carriedOut() {
        return injected;
    }

    long copiesSoFar() {
        return copies.get();
    }

    Collection<String> complaints() {
        return complaints;
    }
}

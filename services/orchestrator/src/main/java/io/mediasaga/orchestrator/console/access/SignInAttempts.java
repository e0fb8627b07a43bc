package io.mediasaga.orchestrator.console.access;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.stereotype.Component;

/** Lets nobody try one token after the other: so many wrong ones are taken in a minute, by this replica from everybody. */
@Component
class SignInAttempts {

    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Long> failures = new ArrayDeque<>();

    synchronized boolean tooMany() {
        long now = System.nanoTime();
        while (!failures.isEmpty() && now - failures.getFirst() > WINDOW.toNanos()) {
            failures.removeFirst();
        }
        return failures.size() >= MOST;
    }

    synchronized void failed() {
        failures.addLast(System.nanoTime());
    }
}

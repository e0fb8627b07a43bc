package io.mediasaga.messaging.outbox;

import java.util.random.RandomGenerator;

/** Makes a share of the sends fail, to show that nothing is lost by it. Thread-safe. */
public final class Chaos {

    private final double dropShare;

    /** @param dropShare share of sends that fail, 0 to 1 */
    public Chaos(double dropShare) {
        this.dropShare = dropShare;
    }

    boolean drops() {
        return dropShare > 0 && RandomGenerator.getDefault().nextDouble() < dropShare;
    }
}

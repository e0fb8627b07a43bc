package io.mediasaga.messaging.chaos;

/** Thrown in place of a handler; nothing is wrong with the message. */
public final class SimulatedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulatedFailure(String what) {
        super("Simulated failure of " + what + " (mediasaga.messaging.chaos)", null, false, false);
    }
}

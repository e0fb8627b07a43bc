package io.mediasaga.operator.orchestrator;

/**
 * How many sagas there are of a definition.
 *
 * @param running going forward
 * @param compensating being undone
 * @param held waiting for a person
 * @param compensated undone and not yet forgotten
 */
public record Counts(long running, long compensating, long held, long compensated) {

    /** Those that have not ended. */
    public long active() {
        return running + compensating + held;
    }
}

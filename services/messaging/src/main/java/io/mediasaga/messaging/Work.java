package io.mediasaga.messaging;

/** The lease under which a {@link LongCommandHandler} runs. Safe for use from several threads. */
public interface Work {

    /**
     * Which run of this work it is, over all processes and attempts: 1 for the first of all, greater than any before for
     * later ones.
     */
    long epoch();

    /** Whether the work should stop: it was cancelled, its lease is lost, or the service shuts down. */
    boolean stopped();

    /** Runs the action when the work should stop, at once if it already should. For killing child processes. */
    void onStop(Runnable action);

    /**
     * Sends an event that tells how far the work is; at most one a second is sent, the others are dropped.
     *
     * @param topic where to send it
     * @param type its envelope's {@code type}
     * @param payload serialized as JSON object, snake case
     */
    void progress(String topic, String type, Object payload);
}

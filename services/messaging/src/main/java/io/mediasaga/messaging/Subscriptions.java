package io.mediasaga.messaging;

/** What the service listens to. */
public interface Subscriptions {

    /** Asks every {@link BatchHandler} for its topics again and listens to those that have been added. */
    void refresh();
}

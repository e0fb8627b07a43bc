package io.mediasaga.messaging;

import java.time.Duration;

/** How much the service has yet to send, measured about once a second. Cheap to ask. */
public interface Backlog {

    /** Messages in the outbox that wait for the relay. Counting stops at 100,000. */
    long unsent();

    /** Age of the oldest of them; zero when there is none. */
    Duration oldest();
}

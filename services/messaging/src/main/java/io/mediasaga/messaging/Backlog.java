package io.mediasaga.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** How much the service has yet to send. */
public interface Backlog {

    /** Messages in the outbox that wait for the relay, measured about once a second. Counting stops at 100,000. */
    long unsent();

    /** Age of the oldest of them; zero when there is none. Measured as they are. */
    Duration oldest();

    /**
     * Those of the keys that have messages which Kafka has not acknowledged yet. Messages to topics that are not there do not
     * count. Asks the database.
     */
    Set<String> unsent(Collection<String> keys);
}

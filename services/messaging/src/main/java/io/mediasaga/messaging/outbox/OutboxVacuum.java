package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.schedule.Periodic;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what rows leave behind that have been sent. The outbox is a queue, in which thousands of rows die every second; the
 * database's own vacuum comes once a minute at most, and until then whoever looks for the oldest row reads past all of them.
 */
final class OutboxVacuum extends Periodic {

    private static final Logger log = LoggerFactory.getLogger(OutboxVacuum.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long WORTH_IT = 5_000;
    /** A table that is full because Kafka is away has few dead rows, and would take long. */
    private static final long LARGE = 10_000;

    private final OutboxStore store;
    private final Bookkeeping bookkeeping;
    private final Relay relay;
    private long doneAt;

    OutboxVacuum(OutboxStore store, Bookkeeping bookkeeping, Relay relay) {
        super("outbox-vacuum", INTERVAL, INTERVAL);
        this.store = store;
        this.bookkeeping = bookkeeping;
        this.relay = relay;
    }

    @Override
    protected void run() {
        long settled = bookkeeping.settled();
        if (settled - doneAt < WORTH_IT || relay.unsent() > LARGE) {
            return;
        }
        try {
            store.vacuum();
            doneAt = settled;
        } catch (RuntimeException e) {
            log.debug("The outbox is vacuumed later", e); // the database is away, or it is still being done
        }
    }
}

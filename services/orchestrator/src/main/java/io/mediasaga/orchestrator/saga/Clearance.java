package io.mediasaga.orchestrator.saga;

import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.KafkaAwayException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says up to which moment every reply has been heard, so that nothing is timed out whose reply only waits to be read: after a
 * restart, an outage, or under load. Kafka is asked only when a timer is due. For one thread.
 */
@Component
class Clearance {

    private static final Logger log = LoggerFactory.getLogger(Clearance.class);
    /** Replies that nobody gets on with for so long hold no timer up. (A foreign transaction's end looks like one.) */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Consumption consumption;
    private final FlowStore flow;
    private Instant cleared = Instant.MIN;
    private @Nullable Waiting waiting;

    /** A mark, the time it was made, how far off it was when last looked at, and for how long it has not come nearer. */
    private record Waiting(Consumption.Mark mark, Instant at, long remaining, long lookedNanos, Duration idle) {}

    Clearance(Consumption consumption, FlowStore flow) {
        this.consumption = consumption;
        this.flow = flow;
    }

    /**
     * Timers that were due by then can be judged; {@code null} when there are none, or timers rest.
     *
     * @param more whether there may be timers left that were due by what was answered last
     */
    @Nullable Instant heardUntil(boolean more) {
        FlowStore.Look look = flow.look();
        if (!look.anyDue() || !look.flowing()) {
            return null;
        }
        try {
            return more || advance(look.now()) ? cleared : null;
        } catch (KafkaAwayException e) {
            log.debug("Timers rest", e);
            return null;
        }
    }

    /** Answers whether everything has been heard that was there when the present mark was made. */
    private boolean advance(Instant now) {
        Waiting current = waiting;
        if (current == null) {
            current = new Waiting(consumption.mark(), now, Long.MAX_VALUE, System.nanoTime(), Duration.ZERO);
        }
        long remaining = consumption.remaining(current.mark());
        Duration idle = remaining < current.remaining() ? Duration.ZERO : idle(current);
        if (remaining > 0 && idle.compareTo(PATIENCE) < 0) {
            waiting = new Waiting(current.mark(), current.at(), remaining, System.nanoTime(), idle);
            return false;
        }
        if (remaining > 0) {
            log.warn("{} replies in Kafka have not been taken for {}; timers no longer wait for them", remaining, PATIENCE);
        }
        cleared = current.at();
        waiting = null;
        return true;
    }

    /** Only time counts in which it was looked at: the replies cannot come nearer while Kafka or the database is away. */
    private static Duration idle(Waiting current) {
        Duration since = Duration.ofNanos(System.nanoTime() - current.lookedNanos());
        return current.idle().plus(since.compareTo(LOOK) < 0 ? since : LOOK);
    }
}

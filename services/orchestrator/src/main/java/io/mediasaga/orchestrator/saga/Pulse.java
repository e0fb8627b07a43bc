package io.mediasaga.orchestrator.saga;

import io.mediasaga.crd.definition.Durations;
import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.KafkaAwayException;
import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes down, once a second, that Kafka and the database are there. A time without it (no replica could, or none ran) counts
 * for no step's timeout. Measures on the way how far the replies are behind.
 */
@Component
public class Pulse implements Looping {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumption consumption;
    private final FlowStore flow;
    private final Duration grace;
    private final Loop loop = new Loop("pulse", INTERVAL, this::beat);
    private volatile long lag;
    private boolean away;

    Pulse(Consumption consumption, FlowStore flow, OrchestratorProperties properties, MeterRegistry registry) {
        this.consumption = consumption;
        this.flow = flow;
        this.grace = properties.timers().grace();
        Gauge.builder("mediasaga.replies.lag", this, Pulse::lag)
                .description("Replies in Kafka that have not been taken yet, by all replicas together")
                .register(registry);
    }

    /** How many replies were in Kafka and not taken yet, about a second ago. Cheap to ask. */
    public long lag() {
        return lag;
    }

    private boolean beat() {
        try {
            var mark = consumption.mark();
            Duration gap = flow.beat(grace);
            if (gap != null) {
                log.info("Messages flow again after {}; that time, and {} more, counts for no timeout", Durations.format(gap), Durations.format(grace));
            }
            away = false;
            lag = consumption.remaining(mark);
        } catch (KafkaAwayException e) {
            if (!away) {
                log.warn("Timeouts of steps rest until Kafka is back: {}", e.getMessage());
            }
            away = true;
        }
        return false;
    }

    @Override
    public Loop loop() {
        return loop;
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.KafkaAwayException;
import io.mediasaga.messaging.schedule.Periodic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures how far the service is behind, over all of its replicas; looked up now and then, never by a scrape. */
final class LagWatch extends Periodic {

    private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
    private static final double UNKNOWN = Double.NaN;

    private final Consumption consumption;
    private volatile double lag = UNKNOWN;

    LagWatch(Consumption consumption, Duration interval, MeterRegistry registry) {
        super("lag-watch", Duration.ZERO, interval);
        this.consumption = consumption;
        Gauge.builder("mediasaga.consumer.lag", this, watch -> watch.lag)
                .description("Messages in Kafka that the service, over all replicas, has not taken yet")
                .register(registry);
    }

    @Override
    protected void run() {
        try {
            lag = consumption.remaining(consumption.mark());
        } catch (KafkaAwayException e) {
            lag = UNKNOWN;
            log.debug("Nobody can tell how far the service is behind", e);
        } catch (RuntimeException e) {
            log.debug("The lag is measured later", e);
        }
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.KafkaAwayException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Measures how far the service is behind, over all of its replicas; looked up now and then, never by a scrape. */
final class LagWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LagWatch.class);
    private static final double UNKNOWN = Double.NaN;

    private final Consumption consumption;
    private final Duration interval;
    private volatile double lag = UNKNOWN;
    private volatile boolean running;
    private ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(0);

    LagWatch(Consumption consumption, Duration interval, MeterRegistry registry) {
        this.consumption = consumption;
        this.interval = interval;
        Gauge.builder("mediasaga.consumer.lag", this, watch -> watch.lag)
                .description("Messages in Kafka that the service, over all replicas, has not taken yet")
                .register(registry);
    }

    @Override
    public void start() {
        running = true;
        scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("lag-watch").daemon(true).factory());
        scheduler.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        scheduler.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look() {
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

package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.config.MessagingProperties;
import io.mediasaga.messaging.config.ProcessName;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the outbox. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

    private static final Duration BUCKET_LEASE = Duration.ofSeconds(6);

    @Bean
    OutboxParts outboxParts(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            Producer<byte[], byte[]> mediasagaProducer,
            Admin mediasagaAdmin,
            EnvelopeCodec codec,
            MessagingProperties properties,
            ProcessName process) {
        var settings = properties.outbox();
        var store = new OutboxStore(jdbc);
        var durability = new Durability(mediasagaAdmin);
        // The relay writes down what the dispatcher reports, and the dispatcher wakes the relay.
        var relay = new AtomicReference<Relay>();
        var dispatcher = new Dispatcher(
                mediasagaProducer, new Chaos(properties.chaos().dropShare()), () -> relay.get().wake());
        relay.set(new Relay(
                store,
                dispatcher,
                durability,
                new BucketLeases(jdbc, process.value(), BUCKET_LEASE),
                new TailGuard(mediasagaAdmin, store, durability, settings.keep()),
                new TransactionTemplate(transactionManager),
                settings.pollInterval()));
        var outbox = new TransactionalOutbox(
                store, codec, dispatcher, durability, relay.get(), settings.grace(), settings.maxInFlight());
        return new OutboxParts(outbox, relay.get());
    }

    record OutboxParts(TransactionalOutbox outbox, Relay relay) {}

    @Bean
    Outbox outbox(OutboxParts parts) {
        return parts.outbox();
    }

    @Bean
    Relay outboxRelay(OutboxParts parts, MeterRegistry registry) {
        Relay relay = parts.relay();
        Gauge.builder("mediasaga.outbox.unsent", relay, Relay::unsent)
                .description("Messages that wait for the relay")
                .register(registry);
        Gauge.builder("mediasaga.outbox.age", relay, r -> r.oldest().toMillis() / 1000.0)
                .description("Age of the oldest message that waits for the relay")
                .baseUnit("seconds")
                .register(registry);
        return relay;
    }
}

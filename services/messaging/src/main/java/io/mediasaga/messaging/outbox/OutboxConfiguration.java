package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.config.MessagingProperties;
import io.mediasaga.messaging.config.ProcessName;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.tracing.Tracing;
import io.micrometer.core.instrument.FunctionCounter;
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

    private static final Duration BUCKET_LEASE = Duration.ofSeconds(10);

    /** Everything at once: the relay writes down what the dispatcher reports, and the dispatcher wakes the relay. */
    @Bean
    Parts outboxParts(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            Producer<byte[], byte[]> mediasagaProducer,
            Admin mediasagaAdmin,
            EnvelopeCodec codec,
            MessagingProperties properties,
            ProcessName process,
            Chaos chaos,
            Tracing tracing) {
        var settings = properties.outbox();
        var relay = new AtomicReference<Relay>();
        var durability = new Durability(mediasagaAdmin);
        var guard = new TailGuard(
                mediasagaAdmin, new KeptStore(jdbc, settings.keep()), durability, settings.guardInterval());
        var gate = new TopicGate(mediasagaProducer, () -> relay.get().wake());
        var dispatcher = new Dispatcher(
                mediasagaProducer,
                chaos,
                gate,
                guard,
                settings.maxInFlight(),
                settings.grace(),
                () -> relay.get().signal(),
                tracing);
        var store = new OutboxStore(jdbc, settings.keep());
        var bookkeeping = new Bookkeeping(store, dispatcher, durability);
        relay.set(new Relay(
                store,
                dispatcher,
                bookkeeping,
                new BucketLeases(jdbc, process.value(), BUCKET_LEASE),
                new DueRows(store, dispatcher, gate),
                new TransactionTemplate(transactionManager),
                settings.pollInterval()));
        var outbox =
                new TransactionalOutbox(store, codec, dispatcher, gate, bookkeeping, relay.get(), settings.grace());
        return new Parts(outbox, relay.get(), guard, dispatcher, new OutboxVacuum(store, bookkeeping, relay.get()));
    }

    record Parts(
            TransactionalOutbox outbox, Relay relay, TailGuard guard, Dispatcher dispatcher, OutboxVacuum vacuum) {}

    @Bean
    Outbox outbox(Parts parts) {
        return parts.outbox();
    }

    @Bean
    OutboxVacuum outboxVacuum(Parts parts) {
        return parts.vacuum();
    }

    @Bean
    TailGuard outboxTailGuard(Parts parts) {
        return parts.guard();
    }

    @Bean
    Relay outboxRelay(Parts parts, MeterRegistry registry) {
        Relay relay = parts.relay();
        Gauge.builder("mediasaga.outbox.unsent", relay, Relay::unsent)
                .description("Messages that wait for the relay")
                .register(registry);
        Gauge.builder("mediasaga.outbox.age", relay, r -> r.oldest().toMillis() / 1000.0)
                .description("Age of the oldest message that waits for the relay")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("mediasaga.outbox.unanswered", parts.dispatcher(), Dispatcher::unanswered)
                .description("Messages that are with Kafka and not acknowledged yet")
                .register(registry);
        FunctionCounter.builder("mediasaga.messages.published", parts.dispatcher(), Dispatcher::published)
                .description("Messages that Kafka has acknowledged")
                .register(registry);
        return relay;
    }
}

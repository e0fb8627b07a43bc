package io.mediasaga.messaging.config;

import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.consumer.ConsumerConfiguration;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.outbox.OutboxConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Makes the messaging library part of an application that has it on its classpath. */
@AutoConfiguration(
        after = {
            JdbcTemplateAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            KafkaAutoConfiguration.class,
            DataRedisAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "io.mediasaga.tracing.TracingAutoConfiguration"
        })
@ConditionalOnProperty(name = "mediasaga.messaging.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MessagingProperties.class)
@Import({KafkaClients.class, OutboxConfiguration.class, ConsumerConfiguration.class})
public class MessagingAutoConfiguration {

    @Bean
    ProcessName processName(MessagingProperties properties) {
        return new ProcessName(properties.service() + "-" + UUID.randomUUID());
    }

    @Bean
    EnvelopeCodec envelopeCodec(MessagingProperties properties) {
        return new EnvelopeCodec(properties.maxMessageBytes());
    }

    @Bean
    Chaos messagingChaos(MessagingProperties properties, MeterRegistry registry) {
        Chaos chaos = properties.chaos().toChaos();
        for (Chaos.Kind kind : Chaos.Kind.values()) {
            FunctionCounter.builder("mediasaga.chaos.failures", chaos, c -> c.count(kind))
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .description("Simulated failures")
                    .register(registry);
        }
        return chaos;
    }

    /** The time that is told to others; nothing is decided by it, because leases and timers go by the database's. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock(MessagingProperties properties) {
        return Clock.offset(Clock.systemUTC(), properties.chaos().clockSkew());
    }

    @Bean
    @ConditionalOnMissingBean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Pruner messagingPruner(InboxStore inbox, EffectStore effects, MessagingProperties properties) {
        return new Pruner(
                inbox, effects, properties.inbox().retention(), properties.inbox().pruneInterval());
    }
}

package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Consumption;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.RawBatchHandler;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.config.MessagingProperties;
import io.mediasaga.messaging.config.ProcessName;
import io.mediasaga.messaging.deadletter.DeadLetters;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.inbox.SeenFilter;
import io.mediasaga.messaging.retry.RetryStore;
import io.mediasaga.messaging.retry.RetryWorker;
import io.mediasaga.messaging.work.WorkExecution;
import io.mediasaga.messaging.work.WorkLeases;
import io.mediasaga.messaging.work.WorkRunner;
import io.mediasaga.messaging.work.WorkSignal;
import io.mediasaga.messaging.work.WorkStore;
import io.mediasaga.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what takes messages in: inbox, handlers, retries, dead letters and work. */
@Configuration(proxyBeanMethods = false)
public class ConsumerConfiguration {

    @Bean
    ConsumerMetrics consumerMetrics(MeterRegistry registry) {
        return new ConsumerMetrics(registry);
    }

    @Bean
    Routes routes(
            List<CommandHandler<?>> commands,
            List<BatchCommandHandler<?>> batchCommands,
            List<LongCommandHandler<?>> longCommands,
            List<EventHandler<?>> events,
            List<BatchEventHandler<?>> batchEvents,
            List<BatchHandler> batches) {
        var handlers = new ArrayList<Object>(commands);
        handlers.addAll(batchCommands);
        handlers.addAll(longCommands);
        handlers.addAll(events);
        handlers.addAll(batchEvents);
        return new Routes(handlers, batches);
    }

    @Bean
    InboxStore inboxStore(JdbcTemplate jdbc) {
        return new InboxStore(jdbc);
    }

    @Bean
    EffectStore effectStore(JdbcTemplate jdbc) {
        return new EffectStore(jdbc);
    }

    @Bean
    Replies replies(Outbox outbox, Clock clock) {
        return new Replies(outbox, clock);
    }

    @Bean
    DeadLetters deadLetters(
            MessagingProperties properties,
            Outbox outbox,
            InboxStore inbox,
            Replies replies,
            Clock clock,
            MeterRegistry registry) {
        return new DeadLetters(properties.service(), outbox, inbox, replies, clock, registry);
    }

    @Bean
    WorkSignal workSignal() {
        return new WorkSignal();
    }

    @Bean
    WorkStore workStore(JdbcTemplate jdbc, WorkSignal signal) {
        return new WorkStore(jdbc, signal);
    }

    @Bean
    RetryStore retryStore(JdbcTemplate jdbc, MessagingProperties properties) {
        return new RetryStore(jdbc, properties.retry());
    }

    @Bean
    MessageExecutor messageExecutor(
            Routes routes, EffectStore effects, WorkStore work, Replies replies, Chaos chaos) {
        return new MessageExecutor(routes, new CommandExecutor(effects, work, replies, chaos), chaos);
    }

    @Bean
    BatchProcessor batchProcessor(
            EnvelopeCodec codec,
            Routes routes,
            InboxStore inbox,
            StringRedisTemplate redis,
            MessagingProperties properties,
            RetryStore retries,
            DeadLetters deadLetters,
            MessageExecutor executor,
            PlatformTransactionManager transactionManager,
            ConsumerMetrics metrics,
            MeterRegistry registry,
            Tracing tracing) {
        var seen = new SeenFilter(
                redis, properties.service(), inbox::databaseId, properties.inbox().cacheTtl());
        metrics.cache(seen, registry);
        return new BatchProcessor(
                new BatchReader(codec, routes),
                inbox,
                seen,
                retries,
                deadLetters,
                executor,
                new TransactionTemplate(transactionManager),
                metrics,
                tracing);
    }

    @Bean
    RetryWorker retryWorker(
            RetryStore retries,
            MessageExecutor executor,
            DeadLetters deadLetters,
            MessagingProperties properties,
            PlatformTransactionManager transactionManager,
            ConsumerMetrics metrics,
            Tracing tracing) {
        return new RetryWorker(
                retries,
                delivery -> executor.execute(List.of(delivery), Map.of()),
                (delivery, attempts, first, last) ->
                        deadLetters.bury(delivery, executor.route(delivery), attempts, first, last),
                properties.retry(),
                new TransactionTemplate(transactionManager),
                metrics,
                tracing);
    }

    @Bean
    WorkLeases workLeases(JdbcTemplate jdbc) {
        return new WorkLeases(jdbc);
    }

    @Bean
    WorkExecution workExecution(
            WorkLeases leases,
            EffectStore effects,
            Routes routes,
            Replies replies,
            DeadLetters deadLetters,
            Outbox outbox,
            PlatformTransactionManager transactionManager,
            MessagingProperties properties,
            Clock clock) {
        return new WorkExecution(
                leases,
                effects,
                routes,
                replies,
                deadLetters,
                outbox,
                new TransactionTemplate(transactionManager),
                properties.retry(),
                clock);
    }

    @Bean
    WorkRunner workRunner(
            WorkLeases leases,
            WorkExecution execution,
            MessagingProperties properties,
            WorkSignal signal,
            ProcessName process,
            Tracing tracing,
            List<LongCommandHandler<?>> longCommands) {
        return new WorkRunner(
                leases, execution, properties.work(), signal, process.value(), tracing, !longCommands.isEmpty());
    }

    @Bean
    Consumption consumption(Admin mediasagaAdmin, MessagingProperties properties, Routes routes) {
        return new GroupConsumption(mediasagaAdmin, properties.service(), routes::wantedTopics);
    }

    @Bean
    LagWatch lagWatch(Consumption consumption, MessagingProperties properties, MeterRegistry registry) {
        return new LagWatch(consumption, properties.consumer().lagInterval(), registry);
    }

    @Bean
    Listeners listeners(
            ConsumerFactory<byte[], byte[]> mediasagaConsumers,
            MessagingProperties properties,
            Routes routes,
            List<RawBatchHandler> rawHandlers,
            BatchProcessor processor,
            PlatformTransactionManager transactionManager,
            Admin mediasagaAdmin,
            DeadLetters deadLetters) {
        return new Listeners(
                mediasagaConsumers,
                properties,
                routes,
                rawHandlers,
                processor,
                new TransactionTemplate(transactionManager),
                new TopicProvisioner(mediasagaAdmin, properties, Set.of(deadLetters.topic())));
    }
}

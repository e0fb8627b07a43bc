package io.mediasaga.messaging.harness;

import io.mediasaga.messaging.consumer.BatchProcessor;
import io.mediasaga.messaging.consumer.Listeners;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One running replica of {@link Parcels}. */
public final class Replica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Replica start(Map<String, String> properties, Script script, Class<?>... more) {
        var args = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        var sources = new java.util.ArrayList<Class<?>>(List.of(Parcels.class));
        sources.addAll(List.of(more));
        return new Replica(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .initializers(context -> context.getBeanFactory().registerSingleton("script", script))
                .run(args));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Runs the action in a transaction of the service. */
    public void inTransaction(Runnable action) {
        new TransactionTemplate(bean(PlatformTransactionManager.class)).executeWithoutResult(status -> action.run());
    }

    /** Hands messages of a topic to the consumer's code, as one batch, on the caller's thread. */
    public void process(String topic, String... messages) {
        process(Stream.of(messages).map(message -> Messages.record(topic, message)).toList());
    }

    /** Hands a batch to the consumer's code, on the caller's thread. */
    public void process(List<ConsumerRecord<byte[], byte[]>> batch) {
        bean(BatchProcessor.class).process(batch);
    }

    /** What is sent until {@link #listen} comes as one batch. */
    public void listenNot() {
        bean(Listeners.class).stop();
    }

    public void listen() {
        bean(Listeners.class).start();
    }

    @Override
    public void close() {
        context.close();
    }
}

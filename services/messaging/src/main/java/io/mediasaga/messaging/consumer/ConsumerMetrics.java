package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.inbox.SeenFilter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Counts what happens to messages that come in. */
public final class ConsumerMetrics {

    private final Counter received;
    private final Counter handled;
    private final Counter duplicates;
    private final Counter ignored;
    private final Counter retried;

    /** Registers the counters. */
    public ConsumerMetrics(MeterRegistry registry) {
        received = counter(registry, "mediasaga.messages.received", "Records taken from Kafka");
        handled = counter(registry, "mediasaga.messages.handled", "Messages whose handler was called");
        duplicates = counter(registry, "mediasaga.messages.duplicates", "Messages that had come before");
        ignored = counter(registry, "mediasaga.messages.ignored", "Events that nobody here listens to");
        retried = counter(registry, "mediasaga.messages.retried", "Handler failures that are tried again");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Counts what Redis knows and what not. */
    void cache(SeenFilter seen, MeterRegistry registry) {
        cache(registry, "hit", seen, SeenFilter::hits);
        cache(registry, "miss", seen, SeenFilter::misses);
    }

    private static void cache(
            MeterRegistry registry, String result, SeenFilter seen, ToDoubleFunction<SeenFilter> count) {
        FunctionCounter.builder("mediasaga.cache.requests", seen, count)
                .tag("cache", "inbox")
                .tag("result", result)
                .description("Messages that Redis was asked about; a hit is known to be done already")
                .register(registry);
    }

    void received(int count) {
        received.increment(count);
    }

    void handled(int count) {
        handled.increment(count);
    }

    void duplicates(int count) {
        duplicates.increment(count);
    }

    void ignored(int count) {
        ignored.increment(count);
    }

    void retried(int count) {
        retried.increment(count);
    }

    /** A handler failed and will be called again. */
    public void retried() {
        retried.increment();
    }
}

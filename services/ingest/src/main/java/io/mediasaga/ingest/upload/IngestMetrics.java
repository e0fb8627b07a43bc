package io.mediasaga.ingest.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts what comes in. */
@Component
class IngestMetrics {

    private final Counter bytes;
    private final Counter completed;
    private final Counter rejected;

    IngestMetrics(MeterRegistry registry) {
        bytes = Counter.builder("mediasaga.ingest.bytes")
                .description("Bytes of uploads that were made durable")
                .baseUnit("bytes")
                .register(registry);
        completed = Counter.builder("mediasaga.ingest.uploads")
                .description("Uploads that ended")
                .tag("result", "completed")
                .register(registry);
        rejected = Counter.builder("mediasaga.ingest.uploads")
                .description("Uploads that ended")
                .tag("result", "rejected")
                .register(registry);
    }

    void kept(long count) {
        bytes.increment(count);
    }

    void completed() {
        completed.increment();
    }

    void rejected() {
        rejected.increment();
    }
}

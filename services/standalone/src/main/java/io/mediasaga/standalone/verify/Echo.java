package io.mediasaga.standalone.verify;

import io.mediasaga.standalone.verify.audit.Copies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;

/** Sends messages of the topics again, at once or long after, as a network and a broker may do. Thread-safe. */
final class Echo implements AutoCloseable {

    private final Plan plan;
    private final Progress progress;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("verify-echo").daemon(true).factory());

    Echo(String kafka, Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A record was heard for the first time. */
    void heard(ConsumerRecord<byte[], byte[]> record, JsonNode envelope) {
        if (record.headers().lastHeader(Copies.HEADER) != null) {
            return;
        }
        String saga = envelope.path("saga_id").asString("");
        String step = envelope.path("step").asString("");
        for (int copies = plan.duplicates(record.topic(), saga, step); copies > 0; copies--) {
            later.execute(() -> send(record));
        }
        Duration again = plan.comesAgain(record.topic(), saga, step);
        if (again.isPositive()) {
            later.schedule(() -> send(record), again.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void send(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.add(Copies.HEADER, new byte[0]);
        try {
            producer.send(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), headers));
            progress.copied();
        } catch (KafkaException e) {
            // Kafka is away: one copy less
        }
    }

    /** Waits until every copy has been sent. */
    void finish(Duration patience) throws InterruptedException {
        later.shutdown();
        if (!later.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            later.shutdownNow();
        }
        producer.flush();
    }

    @Override
    public void close() {
        later.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}

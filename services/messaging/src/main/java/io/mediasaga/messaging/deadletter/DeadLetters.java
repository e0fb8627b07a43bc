package io.mediasaga.messaging.deadletter;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.consumer.Correlation;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.consumer.Replies;
import io.mediasaga.messaging.consumer.Route;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.inbox.InboxStore;
import io.mediasaga.messaging.outbox.HeaderText;
import io.mediasaga.messaging.outbox.RecordKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what cannot be handled to the service's dead-letter topic, with where it came from, how often it was attempted and
 * why it failed; the sender of a command is told by the failure reply.
 */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "deadletters.";

    private final String topic;
    private final Outbox outbox;
    private final InboxStore inbox;
    private final Replies replies;
    private final Clock clock;
    private final Counter counter;

    /** @param service names the topic, {@code deadletters.<service>} */
    public DeadLetters(
            String service, Outbox outbox, InboxStore inbox, Replies replies, Clock clock, MeterRegistry registry) {
        this.topic = PREFIX + service;
        this.outbox = outbox;
        this.inbox = inbox;
        this.replies = replies;
        this.clock = clock;
        this.counter = Counter.builder("mediasaga.messages.dead")
                .description("Messages that became dead letters")
                .register(registry);
    }

    /** The topic that dead letters go to. */
    public String topic() {
        return topic;
    }

    /** Buries a message in the current transaction; it may be redriven. */
    public void bury(Delivery delivery, Route route, int attempts, String firstError, String lastError) {
        try (var _ = Correlation.of(delivery)) {
            buryCorrelated(delivery, route, attempts, firstError, lastError);
        }
    }

    private void buryCorrelated(
            Delivery delivery, Route route, int attempts, String firstError, String lastError) {
        log.warn(
                "Message {} ({}) on {} is a dead letter now, after {} attempt(s): {}",
                delivery.envelope().messageId(),
                delivery.envelope().type(),
                delivery.topic(),
                attempts,
                lastError);
        inbox.markDead(delivery.topic(), delivery.envelope().messageId());
        send(
                delivery.headers(),
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                delivery.key(),
                delivery.value(),
                attempts,
                firstError,
                lastError);
        if (route instanceof CommandRoute command) {
            replies.failure(
                    command.handles(),
                    delivery,
                    delivery.envelope().attempt(),
                    Replies.payload(Outcome.refused("DEAD_LETTER", lastError)));
        }
    }

    /** Buries a record that is no message for this service, in the current transaction. */
    public void unreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        log.warn(
                "The record at {}-{}@{} is a dead letter now: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        send(
                HeaderText.toMap(record.headers()),
                record.topic(),
                record.partition(),
                record.offset(),
                RecordKeys.toText(record.key()),
                record.value() == null ? new byte[0] : record.value(),
                1,
                reason,
                reason);
    }

    private void send(
            Map<String, String> original,
            String originalTopic,
            int partition,
            long offset,
            @Nullable String key,
            byte[] value,
            int attempts,
            String firstError,
            String lastError) {
        var headers = new LinkedHashMap<>(original);
        headers.remove(Headers.REDRIVE);
        headers.put(Headers.ORIGINAL_TOPIC, originalTopic);
        headers.put(Headers.ORIGINAL_PARTITION, Integer.toString(partition));
        headers.put(Headers.ORIGINAL_OFFSET, Long.toString(offset));
        if (key != null) {
            headers.put(Headers.ORIGINAL_KEY, key);
        }
        headers.put(Headers.ATTEMPTS, Integer.toString(attempts));
        headers.put(Headers.FIRST_ERROR, firstError);
        headers.put(Headers.LAST_ERROR, lastError);
        headers.put(Headers.DEAD_AT, clock.instant().toString());
        boolean keyFits = key != null && key.length() <= RecordKeys.MAX_LENGTH;
        outbox.sendRaw(topic, keyFits ? key : null, value, headers);
        counter.increment();
    }
}

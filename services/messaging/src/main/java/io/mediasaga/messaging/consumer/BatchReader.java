package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.envelope.InvalidEnvelopeException;
import io.mediasaga.messaging.inbox.InboxStore.MessageKey;
import io.mediasaga.messaging.outbox.HeaderText;
import io.mediasaga.messaging.outbox.RecordKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads records as messages and sorts out those that are none for this service. */
final class BatchReader {

    private final EnvelopeCodec codec;
    private final Routes routes;

    BatchReader(EnvelopeCodec codec, Routes routes) {
        this.codec = codec;
        this.routes = routes;
    }

    /**
     * A batch that has been read.
     *
     * @param deliveries the messages, each once, in their order
     * @param unreadable records that go to dead letters at once, and why
     * @param ignored how many nobody here wants
     * @param duplicates how many are in the batch more than once
     */
    record Batch(
            List<Delivery> deliveries,
            Map<ConsumerRecord<byte[], byte[]>, String> unreadable,
            int ignored,
            int duplicates) {}

    Batch read(List<ConsumerRecord<byte[], byte[]>> records) {
        var unreadable = new LinkedHashMap<ConsumerRecord<byte[], byte[]>, String>();
        var readable = new LinkedHashMap<MessageKey, Delivery>();
        int ignored = 0;
        int duplicates = 0;
        for (var record : records) {
            try {
                Delivery delivery = delivery(record);
                switch (routes.find(delivery.topic(), delivery.envelope())) {
                    case Route.Unknown unknown -> unreadable.put(record, unknown.reason());
                    case Route.Ignored _ -> ignored++;
                    default -> duplicates += add(delivery, readable);
                }
            } catch (InvalidEnvelopeException e) {
                unreadable.put(record, String.valueOf(e.getMessage()));
            }
        }
        return new Batch(List.copyOf(readable.values()), unreadable, ignored, duplicates);
    }

    private static int add(Delivery delivery, Map<MessageKey, Delivery> readable) {
        MessageKey key = MessageKey.of(delivery);
        Delivery before = readable.putIfAbsent(key, delivery);
        if (before != null && delivery.redriven() && !before.redriven()) {
            // The order to handle a dead letter again is not to be lost behind a late copy of the original.
            readable.put(key, delivery);
        }
        return before == null ? 0 : 1;
    }

    private Delivery delivery(ConsumerRecord<byte[], byte[]> record) throws InvalidEnvelopeException {
        @Nullable String key = RecordKeys.toText(record.key());
        if (key != null && key.length() > RecordKeys.MAX_LENGTH) {
            throw new InvalidEnvelopeException("The record's key has " + key.length() + " characters; at most "
                    + RecordKeys.MAX_LENGTH + " are accepted. The saga's id is what belongs there.");
        }
        return new Delivery(
                record.topic(),
                record.partition(),
                record.offset(),
                key,
                HeaderText.toMap(record.headers()),
                record.value(),
                codec.read(record.value()));
    }
}

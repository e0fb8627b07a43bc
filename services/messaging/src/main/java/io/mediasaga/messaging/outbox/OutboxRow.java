package io.mediasaga.messaging.outbox;

import org.jspecify.annotations.Nullable;

/** A row of the outbox. {@code headers} is a JSON object of texts. */
record OutboxRow(short bucket, long id, String topic, String key, boolean keyed, String headers, byte[] value) {

    /** What order is kept within. */
    Lane lane() {
        return new Lane(topic, key);
    }

    @Nullable String recordKey() {
        return keyed ? key : null;
    }

    record Lane(String topic, String key) {}

    /** A row whose send the broker has acknowledged, and where it put it ({@code -1} where it does not say). */
    record Acknowledged(OutboxRow row, int partition, long offset) {}
}

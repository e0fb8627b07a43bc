package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.messaging.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A message as a page shows it, whatever its value is.
 *
 * @param value as text, cut where it is long
 * @param bytes how long the value is
 * @param sagaId what its envelope says, {@code null} where it has none
 */
record Message(
        String topic,
        int partition,
        long offset,
        Instant at,
        @Nullable String key,
        @Nullable String type,
        @Nullable String step,
        @Nullable String sagaId,
        Map<String, String> headers,
        String value,
        int bytes) {

    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_HEADER = 1024;

    static Message of(ConsumerRecord<byte[], byte[]> record) {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.UTF_8);
        JsonNode envelope = bytes.length > LONGEST ? Json.mapper().missingNode() : read(text);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.put(header.key(), new String(value, 0, Math.min(value.length, LONGEST_HEADER), StandardCharsets.UTF_8));
        }
        return new Message(
                record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8), text(envelope, "type"),
                text(envelope, "step"), text(envelope, "saga_id"), headers,
                bytes.length > LONGEST ? text + "\n… " + (bytes.length - LONGEST) + " bytes more" : text, bytes.length);
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException e) {
            return Json.mapper().missingNode();
        }
    }

    private static @Nullable String text(JsonNode envelope, String field) {
        JsonNode value = envelope.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    boolean fits(@Nullable String wantedKey, @Nullable String wantedSaga) {
        return (wantedKey == null || wantedKey.equals(key))
                && (wantedSaga == null || wantedSaga.equals(sagaId) || wantedSaga.equals(key));
    }

    /** Where on the page it is. */
    public String anchor() {
        return "m-" + topic.replace('.', '-') + "-" + partition + "-" + offset;
    }
}

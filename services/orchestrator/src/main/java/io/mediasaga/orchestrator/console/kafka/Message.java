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
 * @param isCut whether the value is only the beginning
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
        int bytes,
        boolean isCut) {

    /** What the values of all messages on a page may come to; each has its share. */
    private static final int ON_A_PAGE = 1024 * 1024;

    private static final int LONGEST = 256 * 1024;
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_HEADERS = 50;

    /** @param among how many messages may stand on the page: the more, the less of each is shown */
    static Message of(ConsumerRecord<byte[], byte[]> record, int among) {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        int longest = Math.min(LONGEST, ON_A_PAGE / Math.max(1, among));
        String text = new String(bytes, 0, Math.min(bytes.length, longest), StandardCharsets.UTF_8);
        JsonNode envelope = read(bytes);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (headers.size() == MOST_HEADERS) {
                break;
            }
            byte[] value = header.value() == null ? new byte[0] : header.value();
            headers.put(cut(header.key()), new String(value, 0, Math.min(value.length, LONGEST_TEXT), StandardCharsets.UTF_8));
        }
        return new Message(
                record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                record.key() == null ? null : cut(new String(record.key(), StandardCharsets.UTF_8)), text(envelope, "type"),
                text(envelope, "step"), text(envelope, "saga_id"), headers,
                bytes.length > longest ? text + "\n… " + (bytes.length - longest) + " bytes more" : text, bytes.length,
                bytes.length > longest);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static JsonNode read(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JacksonException e) {
            return Json.mapper().missingNode();
        }
    }

    private static @Nullable String text(JsonNode envelope, String field) {
        JsonNode value = envelope.path(field);
        return value.isString() ? cut(value.stringValue()) : null;
    }

    boolean fits(@Nullable String wantedKey, @Nullable String wantedSaga) {
        return (wantedKey == null || wantedKey.equals(key))
                && (wantedSaga == null || wantedSaga.equals(sagaId) || wantedSaga.equals(key));
    }

    /** Whether more of it can be seen where it stands alone. */
    public boolean moreAlone() {
        return isCut && value.length() < LONGEST;
    }

    /** Where on the page it is. */
    public String anchor() {
        return "m-" + topic.replace('.', '-') + "-" + partition + "-" + offset;
    }
}

package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Json;
import io.mediasaga.web.StorableTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What was found on a dead-letter topic. Everything is taken for what it is worth: whoever wrote it may not be ours, and
 * nothing may keep it from being stored.
 *
 * @param originalTopic empty where nobody said, or what was said can be no topic; then it cannot be sent there again
 * @param headers the original ones, without those that tell of its death
 */
record FoundRecord(
        ConsumerRecord<byte[], byte[]> record,
        String originalTopic,
        @Nullable String key,
        Map<String, String> headers,
        byte[] value,
        JsonNode envelope,
        @Nullable Integer attempts,
        @Nullable String firstError,
        @Nullable String lastError,
        Instant diedAt) {

    private static final String OWN_PREFIX = "mediasaga-";

    /** What is in an index has to be short: longer text could not be stored at all. */
    private static final int LONGEST_NAME = 256;

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    static FoundRecord of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                all.put(header.key(), text(header.value()));
            }
        }
        Map<String, String> original = new LinkedHashMap<>(all);
        original.keySet().removeIf(name -> name.startsWith(OWN_PREFIX));
        boolean ours = all.containsKey(Headers.ORIGINAL_TOPIC);
        String keyOfRecord = record.key() == null ? null : text(record.key());
        return new FoundRecord(
                record,
                topic(all.getOrDefault(Headers.ORIGINAL_TOPIC, "")),
                ours ? all.get(Headers.ORIGINAL_KEY) : keyOfRecord,
                original,
                record.value() == null ? new byte[0] : record.value(),
                envelope(record.value()),
                number(all.get(Headers.ATTEMPTS)),
                all.get(Headers.FIRST_ERROR),
                all.get(Headers.LAST_ERROR),
                time(all.get(Headers.DEAD_AT), record.timestamp()));
    }

    /** A text of the envelope, {@code null} when there is none. */
    @Nullable String said(String field) {
        JsonNode value = envelope.path(field);
        return value.isString() ? shortened(clean(value.stringValue())) : null;
    }

    private static JsonNode envelope(byte @Nullable [] value) {
        try {
            return value == null ? Json.mapper().missingNode() : Json.mapper().readTree(value);
        } catch (JacksonException e) {
            return Json.mapper().missingNode();
        }
    }

    private static @Nullable Integer number(@Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String topic(String said) {
        return TOPIC.matcher(said).matches() ? said : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static Instant time(@Nullable String text, long otherwise) {
        Instant written = Instant.ofEpochMilli(Math.clamp(otherwise, 0, LATEST));
        try {
            Instant said = text == null ? written : Instant.parse(text);
            return StorableTime.is(said) ? said : written;
        } catch (DateTimeParseException e) {
            return written;
        }
    }

    private static String text(byte[] utf8) {
        return clean(new String(utf8, StandardCharsets.UTF_8));
    }

    /** PostgreSQL's text cannot hold the character. */
    private static String clean(String text) {
        return text.replace('\0', ' ');
    }
}

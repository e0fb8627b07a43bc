package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.web.StorableTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a topic a person wants to see.
 *
 * @param partition only that one; all where it is {@code null}
 * @param from {@code end} for the latest, {@code start} for the oldest, {@code offset} or {@code time} for what stands in {@code at}
 * @param at an offset, or a time as {@code 2026-01-31T12:00}, in UTC
 * @param key only messages of that key
 * @param saga only messages of that saga
 * @param most how many at most
 */
record Browse(
        @Nullable Integer partition,
        String from,
        @Nullable String at,
        @Nullable String key,
        @Nullable String saga,
        int most) {

    private static final int USUAL = 50;
    private static final int LIMIT = 200;

    Browse {
        partition = partition == null || partition < 0 ? null : partition;
        from = switch (from) {
            case "start", "offset", "time" -> from;
            default -> "end";
        };
        at = text(at);
        key = text(key);
        saga = text(saga);
        most = most <= 0 ? USUAL : Math.min(most, LIMIT);
    }

    private static @Nullable String text(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.strip();
    }

    /** The offset that is meant, empty where none is. */
    @Nullable Long offset() {
        try {
            return at != null && from.equals("offset") ? Long.valueOf(at) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The time that is meant. */
    @Nullable Instant time() {
        if (at == null || !from.equals("time")) {
            return null;
        }
        try {
            Instant time = at.endsWith("Z") ? Instant.parse(at) : LocalDateTime.parse(at).toInstant(ZoneOffset.UTC);
            return StorableTime.is(time) ? time : null; // Kafka counts milliseconds
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Whether {@code at} is missing or cannot be read. */
    public boolean unclear() {
        return (from.equals("offset") && offset() == null) || (from.equals("time") && time() == null);
    }

    boolean filters() {
        return key != null || saga != null;
    }
}

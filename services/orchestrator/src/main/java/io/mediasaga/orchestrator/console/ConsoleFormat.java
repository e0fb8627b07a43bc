package io.mediasaga.orchestrator.console;

import io.mediasaga.messaging.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How pages write times, sizes and JSON; {@code format} in templates. */
@Component
public class ConsoleFormat {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int ID_START = 8;

    /** A moment in full. */
    public String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** A moment of today. */
    public String clock(@Nullable Instant time) {
        return time == null ? "" : CLOCK.format(time);
    }

    /** How long ago a moment was, or in how long it will be; the script of the pages says it in the same words. */
    public String ago(@Nullable Instant time) {
        if (time == null) {
            return "";
        }
        long seconds = Duration.between(time, Instant.now()).toSeconds();
        long distance = Math.abs(seconds);
        if (distance < 5) {
            return "now";
        }
        String text = distance < 60
                ? distance + " s"
                : distance < 3600
                        ? distance / 60 + " min"
                        : distance < 86_400 ? distance / 3600 + " h" : distance / 86_400 + " d";
        return seconds > 0 ? text + " ago" : "in " + text;
    }

    /** A duration in two units at most. */
    public String lasted(@Nullable Duration duration) {
        if (duration == null) {
            return "";
        }
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ENGLISH, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
        }
        if (millis < 3_600_000) {
            return millis / 60_000 + " min " + millis / 1000 % 60 + " s";
        }
        return millis < 172_800_000
                ? millis / 3_600_000 + " h " + millis / 60_000 % 60 + " min"
                : millis / 86_400_000 + " d " + millis / 3_600_000 % 24 + " h";
    }

    /** Time between two moments; until now where the second is absent. */
    public String between(@Nullable Instant from, @Nullable Instant to) {
        return from == null ? "" : lasted(Duration.between(from, to == null ? Instant.now() : to));
    }

    /** A number with its thousands apart. */
    public String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number).replace(',', '\u202f');
    }

    /** A count with its noun. */
    public String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** The beginning of an identifier that is too long for a table. */
    public String shortId(String id) {
        return id.length() <= ID_START + 4 ? id : id.substring(0, ID_START) + "…";
    }

    /** At most that many characters. */
    public String cut(@Nullable String text, int longest) {
        return text == null ? "" : text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** The beginning and the end of an error that is too long for a table: what is the matter often stands last. */
    public String gist(@Nullable String error, int longest) {
        if (error == null || error.length() <= longest) {
            return error == null ? "" : error;
        }
        int beginning = longest / 3;
        return error.substring(0, beginning) + " … " + error.substring(error.length() - (longest - beginning));
    }

    /** JSON with indents; what is none comes back as it is. */
    public String json(@Nullable Object json) {
        return switch (json) {
            case null -> "";
            case JsonNode node -> node.toPrettyString();
            default -> pretty(json.toString());
        };
    }

    private static String pretty(String text) {
        try {
            JsonNode node = Json.mapper().readTree(text);
            return node.isContainer() ? node.toPrettyString() : text;
        } catch (JacksonException e) {
            return text;
        }
    }
}

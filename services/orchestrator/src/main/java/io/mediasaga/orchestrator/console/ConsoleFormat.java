package io.mediasaga.orchestrator.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How pages write times, sizes and JSON; {@code format} in templates. */
@Component
public class ConsoleFormat {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_CLOCK =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int ID_START = 8;
    private static final Pattern STATEMENT = Pattern.compile("(?s)[A-Za-z]+Callback; [^\\[]{0,80}\\[.{0,20000}?\\s?\\]; ");
    private static final Pattern ROW = Pattern.compile("(?s)\\s+Detail: Failing row contains \\(.*");
    private static final Pattern WRAPPER = Pattern.compile("\\b[A-Za-z]{1,80}Exception: (?=ERROR: )");

    /** A moment in full, in UTC. */
    public String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** When on a day something was: to the millisecond today, with its day before that. In the browser it is put into its zone. */
    public String clock(@Nullable Instant time) {
        if (time == null) {
            return "";
        }
        boolean today = time.truncatedTo(ChronoUnit.DAYS).equals(Instant.now().truncatedTo(ChronoUnit.DAYS));
        return (today ? CLOCK : DAY_AND_CLOCK).format(time);
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

    /** An error of the database without statement, row and the names of classes: what is the matter stands between them. */
    public String plain(@Nullable String error) {
        if (error == null) {
            return "";
        }
        String said = ROW.matcher(STATEMENT.matcher(error).replaceAll("")).replaceAll("");
        return WRAPPER.matcher(said).replaceAll("");
    }

    /** Whether two errors differ in no more than numbers and times. */
    public boolean alike(String one, String other) {
        return one.replaceAll("[0-9]", "").equals(other.replaceAll("[0-9]", ""));
    }

    /** The beginning and the end of an error that is too long for a table: what is the matter often stands last. */
    public String gist(@Nullable String error, int longest) {
        if (error == null || error.length() <= longest) {
            return error == null ? "" : error;
        }
        int beginning = longest / 3;
        return error.substring(0, beginning) + " … " + error.substring(error.length() - (longest - beginning));
    }

    /** JSON with indents, what is none as it is; of what is long the beginning, see {@link #tooLong}. */
    public String json(@Nullable Object json) {
        return Indented.of(json).text();
    }

    /** Whether {@link #json} shows the beginning only. */
    public boolean tooLong(@Nullable Object json) {
        return Indented.of(json).cut();
    }
}

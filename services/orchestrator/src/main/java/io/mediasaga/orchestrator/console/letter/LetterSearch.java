package io.mediasaga.orchestrator.console.letter;

import io.mediasaga.orchestrator.deadletter.DeadLetterFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters a person looks for; what is blank makes no difference.
 *
 * @param topic where they were sent to first
 * @param saga id of their saga
 * @param error part of the last error
 * @param redriven {@code no} for those that nobody has sent again, {@code yes} for the others
 */
record LetterSearch(
        @Nullable String topic, @Nullable String type, @Nullable String saga, @Nullable String error, @Nullable String redriven) {

    private static final int LONGEST = 256;

    LetterSearch {
        topic = text(topic);
        type = text(type);
        saga = text(saga);
        error = text(error);
        redriven = "yes".equals(redriven) || "no".equals(redriven) ? redriven : null;
    }

    private static @Nullable String text(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip().replace("\0", "");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    DeadLetterFilter filter() {
        return new DeadLetterFilter(topic, type, saga, error, null, null, redriven == null ? null : redriven.equals("yes"));
    }

    /** Whether no index leads to just those: to part of an error, or to what several conditions have in common. */
    boolean walks() {
        long conditions = Stream.of(topic, type, redriven).filter(Objects::nonNull).count();
        return saga == null && (error != null || conditions > 1);
    }

    public boolean isEmpty() {
        return filter().isEmpty();
    }

    /** The same search as the query of an address, from a cursor on. */
    public String query(@Nullable String cursor) {
        StringBuilder query = new StringBuilder();
        add(query, "topic", topic);
        add(query, "type", type);
        add(query, "saga", saga);
        add(query, "error", error);
        add(query, "redriven", redriven);
        add(query, "cursor", cursor);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append(query.isEmpty() ? "?" : "&").append(name).append('=');
            query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

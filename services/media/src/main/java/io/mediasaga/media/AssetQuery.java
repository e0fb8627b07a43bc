package io.mediasaga.media;

import io.mediasaga.web.Cursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a list is to hold.
 *
 * @param words words, or beginnings of words, that title or file name must have, all of them
 * @param createdFrom inclusive
 * @param createdTo exclusive
 * @param after where the page before ended
 */
record AssetQuery(
        @Nullable String ownerId,
        @Nullable AssetStatus status,
        @Nullable String words,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Cursor after) {

    private static final int MAX_WORDS = 10;

    /** A condition in SQL with its parameters. */
    record Where(String sql, List<Object> parameters) {}

    Where where() {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        add(ownerId, "owner_id = ?", conditions, parameters);
        add(status == null ? null : status.name(), "status = ?", conditions, parameters);
        add(tsQuery(), "words @@ to_tsquery('simple', ?)", conditions, parameters);
        add(text(createdFrom), "created_at >= ?::timestamptz", conditions, parameters);
        add(text(createdTo), "created_at < ?::timestamptz", conditions, parameters);
        if (after != null) {
            conditions.add("(created_at, asset_id) < (?::timestamptz, ?)");
            parameters.add(after.instant(0).toString());
            parameters.add(after.text(1));
        }
        return new Where(conditions.isEmpty() ? "true" : String.join(" AND ", conditions), parameters);
    }

    private static void add(
            @Nullable Object value, String condition, List<String> conditions, List<Object> parameters) {
        if (value != null) {
            conditions.add(condition);
            parameters.add(value);
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** Letters and digits only, so nothing of what people type is syntax. */
    private @Nullable String tsQuery() {
        if (words == null || words.isBlank()) {
            return null;
        }
        String query = Stream.of(words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        return query.isEmpty() ? null : query;
    }
}

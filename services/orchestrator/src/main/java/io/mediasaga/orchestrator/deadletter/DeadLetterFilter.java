package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.web.StorableText;
import io.mediasaga.web.StorableTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; what is {@code null} makes no difference.
 *
 * @param originalTopic where they were sent to first
 * @param error part of the last error, whatever its case
 * @param from died at that time or later
 * @param to died before that time
 * @param redriven whether they have been sent again
 */
public record DeadLetterFilter(
        @Nullable String originalTopic,
        @Nullable String type,
        @Nullable String sagaId,
        @Nullable String error,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Boolean redriven) {

    /** The same, without those that have been sent again already, unless it says which of them it means. */
    DeadLetterFilter notRedrivenUnlessSaid() {
        return redriven != null ? this : new DeadLetterFilter(originalTopic, type, sagaId, error, from, to, false);
    }

    /** Which field has a value that nobody could look for, and why; {@code null} where none has. */
    @Nullable String fault() {
        String text = Stream.of(originalTopic, type, sagaId, error)
                        .allMatch(each -> each == null || StorableText.is(each))
                ? null
                : "a text of the filter " + StorableText.WHY_NOT;
        boolean times = Stream.of(from, to).allMatch(each -> each == null || StorableTime.is(each));
        return text != null ? text : times ? null : "from and to " + StorableTime.WHY_NOT;
    }

    /** Conditions for SQL, and their values. */
    record Sql(String conditions, List<Object> values) {}

    public boolean isEmpty() {
        return toSql().values().isEmpty() && redriven == null;
    }

    Sql toSql() {
        StringBuilder sql = new StringBuilder();
        List<Object> values = new ArrayList<>();
        and(sql, values, " AND original_topic = ?", originalTopic);
        and(sql, values, " AND type = ?", type);
        and(sql, values, " AND saga_id = ?", sagaId);
        and(sql, values, " AND strpos(lower(last_error), lower(?)) > 0", error);
        and(sql, values, " AND died_at >= ?::timestamptz", from == null ? null : from.toString());
        and(sql, values, " AND died_at < ?::timestamptz", to == null ? null : to.toString());
        if (redriven != null) {
            sql.append(redriven ? " AND redriven_at IS NOT NULL" : " AND redriven_at IS NULL");
        }
        return new Sql(sql.toString(), values);
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable String value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }
}

package io.mediasaga.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on the page
 * @param nextCursor where the next page begins, {@code null} on the last one
 */
public record CursorPage<T>(List<T> items, @Nullable String nextCursor) {

    public CursorPage {
        items = List.copyOf(items);
    }

    /**
     * A page of rows that were asked for with one more than the limit, to learn whether there is another page.
     *
     * @param rows at most {@code limit + 1} rows
     * @param limit how many go on the page
     * @param cursor the sort key of a row
     */
    public static <T> CursorPage<T> of(List<T> rows, int limit, Function<? super T, Cursor> cursor) {
        if (rows.size() <= limit) {
            return new CursorPage<>(rows, null);
        }
        List<T> page = rows.subList(0, limit);
        return new CursorPage<>(page, cursor.apply(page.getLast()).encode());
    }

    /** The page with other items of the same places. */
    public <R> CursorPage<R> map(Function<? super T, ? extends R> mapping) {
        return new CursorPage<>(items.stream().<R>map(mapping).toList(), nextCursor);
    }
}

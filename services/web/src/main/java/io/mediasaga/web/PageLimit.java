package io.mediasaga.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** How many items a page has. */
public final class PageLimit {

    /** When the client does not say. */
    public static final int DEFAULT = 50;

    /** At most. */
    public static final int MAX = 200;

    private PageLimit() {}

    /**
     * The limit that the client asks for.
     *
     * @throws ProblemException 400 when it is not between 1 and {@value #MAX}
     */
    public static int of(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT;
        }
        if (asked < 1 || asked > MAX) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "INVALID_LIMIT", "limit must be from 1 to %d, not %d".formatted(MAX, asked));
        }
        return asked;
    }
}

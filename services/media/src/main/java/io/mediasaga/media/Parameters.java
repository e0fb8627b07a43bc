package io.mediasaga.media;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Checks what the database would choke on. */
final class Parameters {

    static final int MAX_LENGTH = 200;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameters() {}

    static String text(String name, String value) {
        if (value.length() > MAX_LENGTH || !Text.isPrintable(value)) {
            throw invalid("%s must be printable text of at most %d characters".formatted(name, MAX_LENGTH));
        }
        return value;
    }

    static @Nullable Instant time(String name, @Nullable Instant value) {
        if (value != null && (value.isBefore(FIRST) || value.isAfter(LAST))) {
            throw invalid("%s must be between the years 1 and 9999".formatted(name));
        }
        return value;
    }

    static @Nullable Cursor cursor(@Nullable Cursor cursor) {
        if (cursor != null) {
            time("cursor", cursor.instant(0));
            text("cursor", cursor.text(1));
        }
        return cursor;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", detail);
    }
}

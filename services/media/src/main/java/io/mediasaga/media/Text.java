package io.mediasaga.media;

import io.mediasaga.messaging.Identifiers;
import io.mediasaga.messaging.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/** What text may look like that comes from outside. */
final class Text {

    private Text() {}

    /**
     * An identifier.
     *
     * @throws InvalidPayloadException when it is absent, blank, too long or not printable
     */
    static String id(String field, @Nullable String value) {
        return Identifiers.required(field, value);
    }

    /** Whether text has neither control characters nor halves of characters. */
    static boolean isPrintable(String value) {
        return Identifiers.isPrintable(value);
    }

    /** Text made printable, and cut to the limit, for what nobody would refuse for its looks. */
    static @Nullable String tidy(@Nullable String value, int limit) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String printable = value.codePoints()
                .map(c -> Identifiers.isPrintable(c) ? c : ' ')
                .limit(limit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return printable.isEmpty() ? null : printable;
    }
}

package io.mediasaga.media;

import io.mediasaga.messaging.Envelope;
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
        if (value == null || value.isBlank()) {
            throw new InvalidPayloadException(
                    field + " is missing or blank; it must have 1 to " + Envelope.MAX_ID_LENGTH + " characters");
        }
        if (value.length() > Envelope.MAX_ID_LENGTH) {
            throw new InvalidPayloadException("%s has %d characters; at most %d are possible"
                    .formatted(field, value.length(), Envelope.MAX_ID_LENGTH));
        }
        if (!isPrintable(value)) {
            throw new InvalidPayloadException(field + " has control characters or broken Unicode in it");
        }
        return value;
    }

    /** Whether text has neither control characters nor halves of characters. */
    static boolean isPrintable(String value) {
        return value.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** Text made printable, and cut to the limit, for what nobody would refuse for its looks. */
    static @Nullable String tidy(@Nullable String value, int limit) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String printable = value.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .limit(limit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return printable.isEmpty() ? null : printable;
    }
}

package io.mediasaga.quota;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/** Identifiers from outside. */
final class Ids {

    private Ids() {}

    /** @throws InvalidPayloadException when the identifier is absent, blank, too long or not printable */
    static String required(String field, @Nullable String value) {
        if (value == null || !isOne(value)) {
            throw new InvalidPayloadException("%s must have 1 to %d printable characters and must not be blank"
                    .formatted(field, Envelope.MAX_ID_LENGTH));
        }
        return value;
    }

    /** Whether it is an identifier. */
    static boolean isOne(String value) {
        return !value.isBlank()
                && value.length() <= Envelope.MAX_ID_LENGTH
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}

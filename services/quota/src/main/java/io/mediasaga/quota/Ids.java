package io.mediasaga.quota;

import io.mediasaga.messaging.Identifiers;
import io.mediasaga.messaging.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/** Identifiers from outside. */
final class Ids {

    private Ids() {}

    /** @throws InvalidPayloadException when the identifier is absent, blank, too long or not printable */
    static String required(String field, @Nullable String value) {
        return Identifiers.required(field, value);
    }

    /** Whether it is an identifier. */
    static boolean isOne(String value) {
        return Identifiers.isOne(value);
    }
}

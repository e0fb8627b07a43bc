package io.mediasaga.crd.definition;

import org.jspecify.annotations.Nullable;

/** The form {@code from} or {@code from as other}. */
record Renaming(String from, @Nullable String as) {

    static Renaming parse(String text) {
        String[] parts = text.split(" as ", -1);
        if (parts.length > 2 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no field; write 'field' or 'field as other', as in 'size_bytes as bytes'");
        }
        return new Renaming(parts[0], parts.length == 2 ? parts[1] : null);
    }
}

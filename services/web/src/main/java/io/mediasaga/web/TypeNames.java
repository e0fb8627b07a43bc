package io.mediasaga.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names types the way a client knows them. */
final class TypeNames {

    private TypeNames() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number within the range of " + (wide(type) ? "64" : "32") + " bits";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-10T12:00:00Z";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    private static boolean wide(Class<?> type) {
        return type == long.class || type == Long.class;
    }
}

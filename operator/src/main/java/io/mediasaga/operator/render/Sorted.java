package io.mediasaga.operator.render;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Equal objects in equal order, in every run of the program: Java's own small maps have another order in each. */
public final class Sorted {

    private Sorted() {}

    /** The same with the fields of every map in alphabetical order; lists stay as they are. */
    public static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value(value)));
        return sorted;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(map);
            case List<?> list -> list.stream().map(Sorted::value).toList();
            case null, default -> value;
        };
    }
}

package io.mediasaga.crd.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Canonical JSON leaves out what is empty. */
final class Absent {

    private Absent() {}

    static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}

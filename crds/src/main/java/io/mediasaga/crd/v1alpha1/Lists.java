package io.mediasaga.crd.v1alpha1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of a spec: absent is empty, and what is there stays as it is. */
final class Lists {

    private Lists() {}

    /** A copy that nobody can change; unlike {@link List#copyOf} it bears what a wrong spec may hold, nulls included. */
    static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }
}

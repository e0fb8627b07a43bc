package io.mediasaga.crd.definition;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. Used by one thread. */
final class Violations {

    private final List<Violation> found = new ArrayList<>();

    void add(String path, String problem, String fix) {
        found.add(new Violation(path, 0, problem, fix));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Violation> asList() {
        return List.copyOf(found);
    }
}

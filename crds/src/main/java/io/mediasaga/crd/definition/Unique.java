package io.mediasaga.crd.definition;

import java.util.HashMap;
import java.util.Map;

/** Tells when something comes a second time. Used by one thread. */
final class Unique {

    private final Violations violations;
    private final String fix;
    private final Map<String, String> places = new HashMap<>();

    Unique(Violations violations, String fix) {
        this.violations = violations;
        this.fix = fix;
    }

    void add(String path, String value) {
        String first = places.putIfAbsent(value, path);
        if (first != null) {
            violations.add(path, "'" + value + "' stands in " + first + " already", fix);
        }
    }
}

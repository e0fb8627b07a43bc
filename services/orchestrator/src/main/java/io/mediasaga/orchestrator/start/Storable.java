package io.mediasaga.orchestrator.start;

import tools.jackson.databind.JsonNode;

/** Text that neither PostgreSQL nor UTF-8 can hold: NUL, and halves of surrogate pairs, which JSON lets through as escapes. */
final class Storable {

    static final String WHY_NOT = "has a NUL character or half a character in it, which cannot be stored";

    private Storable() {}

    /** The text without what cannot be stored. */
    static String shown(String text) {
        return text.codePoints()
                .map(c -> isStorable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether all text in the tree can be stored, names of fields included. */
    static boolean holds(JsonNode node) {
        if (node.isString()) {
            return holds(node.stringValue());
        }
        return node.propertyNames().stream().allMatch(Storable::holds) && node.valueStream().allMatch(Storable::holds);
    }

    static boolean holds(String text) {
        return text.codePoints().allMatch(Storable::isStorable);
    }

    private static boolean isStorable(int c) {
        return c != 0 && Character.getType(c) != Character.SURROGATE;
    }
}

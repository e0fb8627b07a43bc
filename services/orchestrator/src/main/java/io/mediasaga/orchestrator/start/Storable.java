package io.mediasaga.orchestrator.start;

import io.mediasaga.web.StorableText;
import tools.jackson.databind.JsonNode;

/** Whether JSON can be stored. */
final class Storable {

    private Storable() {}

    /** Whether all text in the tree can be stored, names of fields included. */
    static boolean holds(JsonNode node) {
        if (node.isString()) {
            return StorableText.is(node.stringValue());
        }
        return node.propertyNames().stream().allMatch(StorableText::is) && node.valueStream().allMatch(Storable::holds);
    }
}

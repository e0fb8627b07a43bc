package io.mediasaga.orchestrator.start;

import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to a start.
 *
 * @param data what the saga begins with, generated fields included
 */
public record StartedSaga(
        String sagaId, String namespace, String definition, int definitionVersion, String state, ObjectNode data) {}

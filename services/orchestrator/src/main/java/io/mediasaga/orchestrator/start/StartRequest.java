package io.mediasaga.orchestrator.start;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client sends to start a saga.
 *
 * @param definition the definition's name
 * @param namespace the definition's namespace, that of {@code mediasaga.orchestrator.namespace} when absent
 * @param sagaId identity of the saga, made when absent
 * @param data what the definition requires and allows; unknown fields are refused
 */
public record StartRequest(
        @Nullable String definition,
        @Nullable String namespace,
        @Nullable String sagaId,
        @Nullable ObjectNode data) {}

package io.mediasaga.orchestrator.start;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.web.description.Patterns;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.media.Schema;
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
        @Schema(requiredMode = RequiredMode.REQUIRED, pattern = Patterns.IDENTIFIER) @Nullable String definition,
        @Schema(pattern = Patterns.PRINTABLE) @Nullable String namespace,
        @Schema(minLength = 1, maxLength = Envelope.MAX_ID_LENGTH, pattern = Patterns.IDENTIFIER) @Nullable String sagaId,
        @Nullable ObjectNode data) {}

package io.mediasaga.orchestrator.operation;

import org.jspecify.annotations.Nullable;

/**
 * What comes with an operation.
 *
 * @param reason why, for the audit
 */
record OperationRequest(@Nullable String reason) {}

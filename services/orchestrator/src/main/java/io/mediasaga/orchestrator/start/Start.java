package io.mediasaga.orchestrator.start;

import io.mediasaga.orchestrator.saga.NewSagas.NewSaga;
import org.jspecify.annotations.Nullable;

/**
 * A start that has been checked.
 *
 * @param key the idempotency key, {@code null} when the client gave none
 * @param bodyHash hash of what the client sent, {@code null} without a key
 */
record Start(NewSaga saga, @Nullable String key, @Nullable String bodyHash) {}

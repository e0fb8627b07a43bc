package io.mediasaga.orchestrator.deadletter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that nobody could handle, as the API shows it.
 *
 * @param topic the dead-letter topic that it was found on
 * @param originalTopic where it was sent to first
 * @param value the message itself, as text; only when a single one is looked at
 */
public record DeadLetter(
        String id,
        String topic,
        String originalTopic,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String type,
        @Nullable String sagaId,
        @Nullable String step,
        @Nullable Integer attempts,
        @Nullable String firstError,
        @Nullable String lastError,
        Instant diedAt,
        @Nullable Instant redrivenAt,
        int redrives,
        @Nullable Map<String, String> headers,
        @Nullable String value) {}

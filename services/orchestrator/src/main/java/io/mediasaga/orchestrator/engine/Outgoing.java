package io.mediasaga.orchestrator.engine;

import org.jspecify.annotations.Nullable;

/**
 * A message that has to be sent.
 *
 * @param topic where to
 * @param type the envelope's type
 * @param step the envelope's step, upper snake case
 * @param attempt which attempt it belongs to, {@code null} for what is no command
 * @param compensates the step (upper snake case) that a compensation undoes, else {@code null}
 * @param payload a JSON object as text
 */
public record Outgoing(
        String topic,
        String type,
        String step,
        @Nullable Integer attempt,
        @Nullable String compensates,
        String payload) {}

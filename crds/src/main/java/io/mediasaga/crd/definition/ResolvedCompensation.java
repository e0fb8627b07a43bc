package io.mediasaga.crd.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What undoes a step, as it is run; the step's participant carries it out.
 *
 * @param name PascalCase
 * @param wireName the same in upper snake case: the step of its messages
 * @param command what is sent
 * @param success what says that the step is undone
 * @param failure what says that it could not be undone; {@code null} when only the timeout ends an attempt
 * @param timeout how long one attempt may take
 * @param retry how often it is tried
 */
public record ResolvedCompensation(
        String name,
        String wireName,
        ResolvedCommand command,
        ResolvedReply success,
        @Nullable ResolvedReply failure,
        Duration timeout,
        RetryPolicy retry) {}

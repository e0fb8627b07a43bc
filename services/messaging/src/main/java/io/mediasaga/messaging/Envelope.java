package io.mediasaga.messaging;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every message on every topic.
 *
 * @param messageId identity of the message, for idempotence; not blank, at most {@value #MAX_ID_LENGTH} characters
 * @param sagaId what correlates the messages of one saga; not blank, at most {@value #MAX_ID_LENGTH} characters
 * @param type what kind of message it is, as in {@code AssetCreate}
 * @param step the saga's step in upper snake case, as in {@code CREATE_ASSET}
 * @param createdAt when the sender made it
 * @param payload a JSON object, kept as text so that what only passes it on need not parse it
 * @param attempt which attempt of the step a command belongs to, echoed in replies; {@code null} where unknown
 * @param version version of the payload's contract, 1 where absent
 * @param compensates for a compensation, the step (upper snake case) that it undoes; {@code null} otherwise
 */
public record Envelope(
        String messageId,
        String sagaId,
        String type,
        String step,
        Instant createdAt,
        String payload,
        @Nullable Integer attempt,
        int version,
        @Nullable String compensates) {

    /** The longest identifier that the platform accepts, in characters. */
    public static final int MAX_ID_LENGTH = 64;

    public Envelope {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(sagaId, "sagaId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(payload, "payload");
    }

    /**
     * A fresh identifier for something that the platform makes: a UUID of version 7 (RFC 9562), which begins with the time, so
     * that what is made together lies together in an index. It is unique, and no secret.
     */
    public static String newId() {
        long time = System.currentTimeMillis();
        var random = ThreadLocalRandom.current();
        long high = time << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}

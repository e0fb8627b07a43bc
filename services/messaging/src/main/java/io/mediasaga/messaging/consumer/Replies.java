package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Json;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.OutgoingMessage;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the replies to commands, inside the transaction of their effect. */
public final class Replies {

    private final Outbox outbox;
    private final Clock clock;

    /** @param clock the time in {@code created_at}; nothing is decided by it */
    public Replies(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The payload of the reply that tells the outcome. */
    public static String payload(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success success -> Json.write(success.payload());
            case Outcome.Failure failure ->
                Json.write(Map.of(
                        "code", failure.code(), "reason", failure.reason(), "retryable", failure.retryable()));
        };
    }

    /** Tells success. */
    public void success(Handles handles, Delivery command, @Nullable Integer attempt, String payload) {
        send(handles.success(), command, attempt, payload);
    }

    /** Tells failure. */
    public void failure(Handles handles, Delivery command, @Nullable Integer attempt, String payload) {
        send(handles.failure(), command, attempt, payload);
    }

    private void send(Handles.Reply reply, Delivery command, @Nullable Integer attempt, String payload) {
        Envelope asked = command.envelope();
        outbox.send(new OutgoingMessage(
                reply.topic(),
                asked.sagaId(),
                new Envelope(
                        Envelope.newId(),
                        asked.sagaId(),
                        reply.type(),
                        asked.step(),
                        clock.instant(),
                        payload,
                        attempt,
                        1,
                        null),
                command.requestId()));
    }
}

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

    /**
     * The payload of the reply that tells the outcome.
     *
     * @throws IllegalStateException when the handler answered nothing, or a success whose payload is no JSON object
     */
    public static String payload(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> throw new IllegalStateException("The handler answered null; an Outcome is expected.");
            case Outcome.Success success -> object(Json.write(success.payload()));
            case Outcome.Failure failure ->
                Json.write(Map.of(
                        "code", failure.code(), "reason", failure.reason(), "retryable", failure.retryable()));
        };
    }

    private static String object(String json) {
        if (!json.startsWith("{")) {
            throw new IllegalStateException(
                    "The payload of a success has to be a JSON object (a record or a map), but is " + json);
        }
        return json;
    }

    /** Tells the outcome, whose payload has been written already. */
    public void send(
            Handles handles, Outcome outcome, Delivery command, @Nullable Integer attempt, String payload) {
        switch (outcome) {
            case Outcome.Success _ -> success(handles, command, attempt, payload);
            case Outcome.Failure _ -> failure(handles, command, attempt, payload);
        }
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
                command.requestId(),
                command.traceparent()));
    }
}

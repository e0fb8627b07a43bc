package io.mediasaga.orchestrator.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What makes a saga move. */
public sealed interface Trigger {

    /**
     * The beginning.
     *
     * @param sagaId identity of the new saga
     * @param data what it is given; only read
     * @param requestId the request that began it, for logs
     * @param traceparent where in a trace it begins
     */
    record Start(String sagaId, ObjectNode data, @Nullable String requestId, @Nullable String traceparent)
            implements Trigger {

        /** A beginning outside of any trace. */
        public Start(String sagaId, ObjectNode data, @Nullable String requestId) {
            this(sagaId, data, requestId, null);
        }
    }

    /**
     * A message from a participant.
     *
     * @param topic where it came from
     * @param type the envelope's type
     * @param step the envelope's step, upper snake case
     * @param attempt the attempt that it answers, {@code null} where the participant does not say
     * @param payload a JSON object as text
     */
    record Reply(String topic, String type, String step, @Nullable Integer attempt, String payload)
            implements Trigger {}

    /**
     * Time has passed.
     *
     * @param heardUntil every reply that was there at this moment has been taken; what is due later is not judged yet
     * @param standstills what counts for no step's timeout; disjoint, by age
     * @param unsent whether a command of the saga has not reached Kafka yet
     */
    record Timer(Instant heardUntil, List<Standstill> standstills, boolean unsent) implements Trigger {

        /** All replies are taken, nothing stood still, and everything is sent. */
        public Timer() {
            this(Instant.MAX, List.of(), false);
        }

        public Timer {
            standstills = List.copyOf(standstills);
        }
    }

    /** What a person asks for. */
    sealed interface Operation extends Trigger {

        /** Who asks. */
        String actor();

        /** Why. */
        String reason();
    }

    /** Stops the saga's clock and keeps it from going on; replies are kept. */
    record Pause(String actor, String reason) implements Operation {}

    /** Ends a pause; whatever time was left is left again. */
    record Resume(String actor, String reason) implements Operation {}

    /** Makes another attempt at once, with a new budget of retries. */
    record Retry(String actor, String reason) implements Operation {}

    /** Goes on as if the step (or the compensation) the saga is at had succeeded. */
    record Skip(String actor, String reason) implements Operation {}

    /** Undoes what has been done. */
    record Cancel(String actor, String reason) implements Operation {}
}

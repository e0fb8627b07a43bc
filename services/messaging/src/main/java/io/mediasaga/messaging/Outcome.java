package io.mediasaga.messaging;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a command. It is stored with the effect and becomes the reply. */
public sealed interface Outcome {

    /** Done; the payload is serialized as the reply's JSON object, in snake case. */
    static Success success(Object payload) {
        return new Success(payload, null);
    }

    /** Done, and there is nothing more to tell. */
    static Success success() {
        return new Success(Map.of(), null);
    }

    /**
     * Refused for good; sending the command again would change nothing. A failure must leave no effect behind.
     *
     * @param code for programs, upper snake case, as in {@code QUOTA_EXCEEDED}
     * @param reason for people, a whole sentence
     */
    static Failure refused(String code, String reason) {
        return new Failure(code, reason, false);
    }

    /** Failed, but another attempt may succeed; the saga decides whether to make one. A failure leaves no effect. */
    static Failure failed(String code, String reason) {
        return new Failure(code, reason, true);
    }

    /**
     * Success.
     *
     * @param payload the reply's payload
     * @param transaction what to write in the transaction of the reply, or {@code null}
     */
    record Success(Object payload, @Nullable Runnable transaction) implements Outcome {
        public Success {
            Objects.requireNonNull(payload, "payload");
        }

        /**
         * Adds what to write in the same transaction as the reply. Useful to a {@link LongCommandHandler}: it is run only
         * while the worker still holds its lease.
         */
        public Success inTransaction(Runnable effect) {
            return new Success(payload, effect);
        }
    }

    /**
     * Failure, told as {@code {"code", "reason", "retryable"}}.
     *
     * @param code for programs
     * @param reason for people
     * @param retryable whether another attempt may succeed
     */
    record Failure(String code, String reason, boolean retryable) implements Outcome {
        public Failure {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(reason, "reason");
        }
    }
}

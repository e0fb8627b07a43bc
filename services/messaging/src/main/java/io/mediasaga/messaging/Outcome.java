package io.mediasaga.messaging;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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
     * @param write what to write in the transaction of the reply, or {@code null}
     */
    record Success(Object payload, @Nullable Write<?> write) implements Outcome {
        public Success {
            Objects.requireNonNull(payload, "payload");
        }

        /**
         * Adds what to do in the same transaction as the reply. Useful to a {@link LongCommandHandler}: it is done only
         * while the worker still holds its lease.
         */
        public Success inTransaction(Runnable effect) {
            return inTransaction(Write.RUN, effect);
        }

        /**
         * Adds an item to be written in the same transaction as the reply. Outcomes that share a transaction and name the same
         * writer (the same object) are written together, so that one statement can do it.
         *
         * @param writer writes the items; may throw {@link FailedItemException}
         */
        public <T> Success inTransaction(Consumer<List<T>> writer, T item) {
            return new Success(payload, new Write<>(writer, item));
        }
    }

    /** What belongs into the transaction of an outcome: an item, and who writes it together with others. */
    record Write<T>(Consumer<List<T>> writer, T item) {

        private static final Consumer<List<Runnable>> RUN = effects -> FailedItemException.forEach(effects, effect -> {
            effect.run();
            return effect;
        });

        /** Writes the item alone. */
        public void alone() {
            writer.accept(List.of(item));
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

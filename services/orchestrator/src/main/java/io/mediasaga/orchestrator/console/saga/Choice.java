package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.SagaEngine;
import io.mediasaga.orchestrator.engine.Trigger;
import io.mediasaga.orchestrator.engine.Trigger.Operation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An operation as a person finds it on the page of a saga.
 *
 * @param kind what it is
 * @param refusal why it cannot be done now and what to do instead, empty when it can
 */
record Choice(Kind kind, String refusal) {

    /** The operations there are. */
    enum Kind {
        RETRY("Retry", "Makes another attempt at once, with new retries after it.", false, Trigger.Retry::new),
        SKIP(
                "Skip", "Goes on as if this step (or what undoes it) had succeeded. Nothing checks that it has.", true,
                Trigger.Skip::new),
        PAUSE("Pause", "Stops the saga's clock: nothing is sent, nothing times out. Answers are kept.", false, Trigger.Pause::new),
        RESUME("Resume", "Ends the pause; whatever time was left is left again.", false, Trigger.Resume::new),
        CANCEL("Cancel", "Undoes what has been done, the last step first. This cannot be taken back.", true, Trigger.Cancel::new);

        private final String label;
        private final String effect;
        private final boolean grave;
        private final BiFunction<String, String, Operation> maker;

        Kind(String label, String effect, boolean grave, BiFunction<String, String, Operation> maker) {
            this.label = label;
            this.effect = effect;
            this.grave = grave;
            this.maker = maker;
        }

        public String label() {
            return label;
        }

        public String effect() {
            return effect;
        }

        /** Whether it is worth a second thought. */
        public boolean grave() {
            return grave;
        }

        /** Its name in addresses. */
        public String path() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        Operation operation(String actor, String reason) {
            return maker.apply(actor, reason);
        }

        static Optional<Kind> of(String path) {
            return Arrays.stream(values()).filter(kind -> kind.path().equals(path)).findFirst();
        }
    }

    public boolean possible() {
        return refusal.isEmpty();
    }

    /** Each operation, and whether the saga would take it: the engine itself is asked, and nothing changes by that. */
    static List<Choice> of(SagaInFull saga) {
        SagaEngine engine = new SagaEngine();
        Instant now = saga.updatedAt().isAfter(Instant.now()) ? saga.updatedAt() : Instant.now();
        return Arrays.stream(Kind.values())
                .map(kind -> {
                    Decision decision = engine.decide(saga.definition(), saga.state(), kind.operation("", ""), now);
                    return new Choice(kind, decision instanceof Decision.Refused no ? no.why() + " " + no.remedy() : "");
                })
                .toList();
    }
}

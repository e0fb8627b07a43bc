package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts what has been committed. */
@Component
class SagaMetrics {

    private final MeterRegistry registry;

    SagaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts what became of a saga. */
    void count(Change change) {
        String definition = change.definition().key().name();
        for (HistoryEntry entry : change.history()) {
            switch (entry.kind()) {
                case SAGA_STARTED -> registry.counter("mediasaga.sagas.started", "definition", definition).increment();
                case SAGA_COMPLETED, SAGA_COMPENSATED -> ended(definition, entry);
                case HELD -> registry.counter("mediasaga.sagas.holds", "definition", definition).increment();
                case SUCCEEDED, FAILED, TIMED_OUT -> attempt(definition, entry);
                default -> {}
            }
        }
    }

    private void ended(String definition, HistoryEntry entry) {
        String outcome = entry.kind() == HistoryEntry.Kind.SAGA_COMPLETED ? "completed" : "compensated";
        registry.timer("mediasaga.sagas.ended", "definition", definition, "outcome", outcome)
                .record(Duration.between(entry.since(), entry.at()));
    }

    private void attempt(String definition, HistoryEntry entry) {
        String name = entry.compensation() != null ? entry.compensation() : entry.step();
        registry.timer(
                        "mediasaga.step", "definition", definition, "step", name == null ? "" : name, "outcome",
                        entry.kind().name().toLowerCase(Locale.ROOT))
                .record(Duration.between(entry.since(), entry.at()));
    }

    /** Counts a reply by what came of it. */
    void reply(Result result) {
        String effect =
                switch (result) {
                    case Result.Unknown _ -> "unknown_saga";
                    case Result.Decided(_, Decision.Unchanged unchanged) -> unchanged.cause().name().toLowerCase(Locale.ROOT);
                    case Result.Decided _ -> "applied";
                };
        registry.counter("mediasaga.replies", "effect", effect).increment();
    }
}

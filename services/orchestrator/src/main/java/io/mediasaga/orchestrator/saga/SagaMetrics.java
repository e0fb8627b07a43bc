package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.HeldCause;
import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** Counts what has been committed. */
@Component
class SagaMetrics {

    private static final Duration[] STEP_LEVELS = levels(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 120_000, 600_000);
    private static final Duration[] SAGA_LEVELS = levels(50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 120_000, 600_000, 3_600_000);

    private final MeterRegistry registry;
    private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

    SagaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private static Duration[] levels(long... millis) {
        return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** Counts what became of a saga. */
    void count(Change change) {
        String definition = change.definition().key().name();
        for (HistoryEntry entry : change.history()) {
            switch (entry.kind()) {
                case SAGA_STARTED -> registry.counter("mediasaga.sagas.started", "definition", definition).increment();
                case SAGA_COMPLETED, SAGA_COMPENSATED -> ended(definition, entry);
                case HELD -> registry.counter("mediasaga.sagas.holds", "definition", definition, "cause", cause(change)).increment();
                case SUCCEEDED, FAILED, TIMED_OUT -> attempt(definition, entry);
                default -> {}
            }
        }
    }

    private static String cause(Change change) {
        HeldCause cause = change.after().heldCause();
        return cause == null ? "over_already" : cause.name().toLowerCase(Locale.ROOT);
    }

    private void ended(String definition, HistoryEntry entry) {
        String outcome = entry.kind() == HistoryEntry.Kind.SAGA_COMPLETED ? "completed" : "compensated";
        timer("mediasaga.sagas.ended", SAGA_LEVELS, Tags.of("definition", definition, "outcome", outcome))
                .record(Duration.between(entry.since(), entry.at()));
    }

    private void attempt(String definition, HistoryEntry entry) {
        String name = entry.compensation() != null ? entry.compensation() : entry.step();
        var tags = Tags.of(
                "definition", definition, "step", name == null ? "" : name, "outcome",
                entry.kind().name().toLowerCase(Locale.ROOT));
        timer("mediasaga.step", STEP_LEVELS, tags).record(Duration.between(entry.since(), entry.at()));
    }

    /** One for each name and tags, which are as many as there are steps. */
    private Timer timer(String name, Duration[] levels, Tags tags) {
        return timers.computeIfAbsent(
                new TimerKey(name, tags),
                key -> Timer.builder(name).tags(tags).serviceLevelObjectives(levels).register(registry));
    }

    private record TimerKey(String name, Tags tags) {}

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

package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.SagaDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A definition as the API shows it. */
record DefinitionView(
        String namespace,
        String name,
        int version,
        String hash,
        DefinitionState state,
        Instant acceptedAt,
        Instant updatedAt,
        @Nullable Boolean changed,
        @Nullable Long activeSagas,
        @Nullable List<StepView> steps,
        @Nullable Set<String> participants) {

    /** A step as the API shows it. */
    record StepView(String name, String participant, boolean pivot, @Nullable String compensation) {}

    static DefinitionView of(CurrentDefinition definition) {
        return of(definition, null, null, null);
    }

    static DefinitionView of(
            CurrentDefinition of,
            @Nullable Boolean changed,
            @Nullable Long activeSagas,
            @Nullable SagaDefinition definition) {
        return new DefinitionView(
                of.key().namespace(), of.key().name(), of.key().version(), of.hash(), of.state(), of.acceptedAt(),
                of.updatedAt(), changed, activeSagas, definition == null ? null : steps(definition),
                definition == null ? null : definition.participants());
    }

    private static List<StepView> steps(SagaDefinition definition) {
        return definition.steps().stream()
                .map(step -> new StepView(
                        step.name(), step.participant(), step.pivot(),
                        step.compensation() == null ? null : step.compensation().name()))
                .toList();
    }
}

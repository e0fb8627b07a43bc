package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.StepBuilder.step;

import io.mediasaga.crd.definition.DataRules;
import io.mediasaga.crd.definition.SagaDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Definitions for tests. */
final class TestDefinitions {

    static final Duration DEADLINE = Duration.ofHours(2);

    private TestDefinitions() {}

    static SagaDefinition of(StepBuilder... steps) {
        return of(Arrays.asList(steps));
    }

    static SagaDefinition of(List<StepBuilder> steps) {
        return new SagaDefinition(
                "trip", DEADLINE, new DataRules(List.of(), List.of(), List.of(), List.of(), 1024),
                steps.stream().map(StepBuilder::build).toList());
    }

    /** Two steps with a way back, a step that waits, the point of no return, and one step beyond it. */
    static SagaDefinition trip() {
        return of(
                step("BookHotel").sending("city", "nights as days", "saga.deadline").keeping("room", "price as hotel_price"),
                step("BookFlight").sending("city", "room"),
                step("WaitPaid").waiting().keeping("payment").nothingToUndo().timeout(Duration.ofHours(1)),
                step("Confirm").sending("payment").pivot(),
                step("SendTickets").sending("saga.id").afterPivot());
    }
}

package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.SagaState;

/** What came of a trigger. */
public sealed interface Result {

    /** There is no such saga. */
    record Unknown() implements Result {}

    /** The engine decided; a change is part of the current transaction. */
    record Decided(SagaState before, Decision decision) implements Result {}
}

package io.mediasaga.orchestrator.start;

/** What came of a start. */
sealed interface StartOutcome {

    /** The saga runs. */
    record Started(StartedSaga answer) implements StartOutcome {}

    /** It was started before under the same key, with the same body. */
    record Repeated(StartedSaga answer) implements StartOutcome {}

    /** Another request with the same key is being worked on. */
    record KeyInFlight() implements StartOutcome {}

    /** The key was used with another body. */
    record KeyForOtherBody() implements StartOutcome {}

    /** There is a saga of that id. */
    record SagaExists() implements StartOutcome {}
}

package io.mediasaga.orchestrator.definition;

/** What may be done with a definition. */
public enum DefinitionState {
    /** Sagas can be started. */
    ACTIVE,
    /** No new sagas for the time being; running ones go on. */
    SUSPENDED,
    /** No new sagas; running ones go on to their end. */
    DELETED
}

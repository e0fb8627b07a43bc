package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.SagaDefinition;

/** A version of a definition, ready to be run. */
public record PinnedDefinition(VersionKey key, String hash, SagaDefinition definition) {}

package io.mediasaga.orchestrator.definition;

import java.time.Instant;

/**
 * What new sagas of a definition are started with.
 *
 * @param key the version
 * @param hash SHA-256 of its canonical form
 * @param state whether sagas can be started
 * @param acceptedAt when the version was accepted for the first time
 * @param updatedAt when version or state changed last
 */
record CurrentDefinition(VersionKey key, String hash, DefinitionState state, Instant acceptedAt, Instant updatedAt) {}

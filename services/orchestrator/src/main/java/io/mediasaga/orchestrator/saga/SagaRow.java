package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.engine.SagaState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saga as it stands in the database.
 *
 * @param version what a change has to find unchanged
 * @param definition what it is pinned to
 * @param wakeAt when its timer fires, {@code null} when it has none
 */
record SagaRow(SagaState state, long version, VersionKey definition, @Nullable Instant wakeAt) {}

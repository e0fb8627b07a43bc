/**
 * The saga engine: a pure function from a saga's state and what happened to its next state and what has to be sent.
 *
 * <p>It does no I/O, reads no clock and knows no Spring; whatever happens is handed in, whatever has to happen is handed
 * back. See {@link io.mediasaga.orchestrator.engine.SagaEngine}.
 */
@NullMarked
package io.mediasaga.orchestrator.engine;

import org.jspecify.annotations.NullMarked;

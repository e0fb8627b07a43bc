/** Sagas in PostgreSQL, moved by replies and timers. */
@NullMarked
package io.mediasaga.orchestrator.saga;

import org.jspecify.annotations.NullMarked;

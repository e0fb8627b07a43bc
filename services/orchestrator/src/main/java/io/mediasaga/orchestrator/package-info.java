/** Runs sagas from their definitions. */
@NullMarked
package io.mediasaga.orchestrator;

import org.jspecify.annotations.NullMarked;

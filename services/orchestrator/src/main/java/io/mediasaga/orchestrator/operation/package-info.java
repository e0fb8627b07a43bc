/** What operators do to sagas, and who did it when and why. */
@NullMarked
package io.mediasaga.orchestrator.operation;

import org.jspecify.annotations.NullMarked;

/** Hands definitions to the orchestrator and asks it for counts. */
@NullMarked
package io.mediasaga.operator.orchestrator;

import org.jspecify.annotations.NullMarked;

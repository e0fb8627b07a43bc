/** Whose a saga is. */
@NullMarked
package io.mediasaga.orchestrator.owner;

import org.jspecify.annotations.NullMarked;

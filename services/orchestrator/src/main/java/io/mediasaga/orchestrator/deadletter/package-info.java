/** Messages that nobody could handle: kept, looked at, sent again. */
@NullMarked
package io.mediasaga.orchestrator.deadletter;

import org.jspecify.annotations.NullMarked;

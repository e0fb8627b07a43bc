/** Server-sent events that last: their threads, their number, their end. */
@NullMarked
package io.mediasaga.orchestrator.stream;

import org.jspecify.annotations.NullMarked;

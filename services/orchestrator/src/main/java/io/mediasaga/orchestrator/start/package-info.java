/** Starts of sagas: checked, once for each idempotency key, many to a transaction, refused when there is too much to do. */
@NullMarked
package io.mediasaga.orchestrator.start;

import org.jspecify.annotations.NullMarked;

/** Sagas as pages: the list, one saga as a picture, operations. */
@NullMarked
package io.mediasaga.orchestrator.console.saga;

import org.jspecify.annotations.NullMarked;

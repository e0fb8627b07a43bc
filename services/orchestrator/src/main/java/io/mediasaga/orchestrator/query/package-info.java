/** Looking at sagas. */
@NullMarked
package io.mediasaga.orchestrator.query;

import org.jspecify.annotations.NullMarked;

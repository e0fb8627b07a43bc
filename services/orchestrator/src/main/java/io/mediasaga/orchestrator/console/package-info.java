/** The pages by which people look at sagas and steer them. */
@NullMarked
package io.mediasaga.orchestrator.console;

import org.jspecify.annotations.NullMarked;

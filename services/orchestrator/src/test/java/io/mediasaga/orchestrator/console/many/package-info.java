/** The console with very many sagas. */
@NullMarked
package io.mediasaga.orchestrator.console.many;

import org.jspecify.annotations.NullMarked;

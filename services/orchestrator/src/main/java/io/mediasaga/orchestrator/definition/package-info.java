/** The definitions that sagas follow: accepted over HTTP, kept in every version, pinned by running sagas. */
@NullMarked
package io.mediasaga.orchestrator.definition;

import org.jspecify.annotations.NullMarked;

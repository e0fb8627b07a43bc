/** Participants of one's own, as docs/participant.md shows them. */
@NullMarked
package io.mediasaga.orchestrator.participant;

import org.jspecify.annotations.NullMarked;

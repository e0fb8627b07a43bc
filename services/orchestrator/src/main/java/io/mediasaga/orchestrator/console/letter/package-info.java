/** Dead letters as pages: selection, dry run, sending again. */
@NullMarked
package io.mediasaga.orchestrator.console.letter;

import org.jspecify.annotations.NullMarked;

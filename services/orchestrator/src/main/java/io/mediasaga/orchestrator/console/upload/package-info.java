/** Starting a saga with a file from the browser. */
@NullMarked
package io.mediasaga.orchestrator.console.upload;

import org.jspecify.annotations.NullMarked;

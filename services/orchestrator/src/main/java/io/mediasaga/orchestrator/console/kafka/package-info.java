/** Topics, messages and consumer lag, only read. */
@NullMarked
package io.mediasaga.orchestrator.console.kafka;

import org.jspecify.annotations.NullMarked;

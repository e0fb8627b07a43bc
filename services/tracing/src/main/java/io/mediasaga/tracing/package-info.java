/** Trace context that travels with sagas, and spans for OpenTelemetry. */
@NullMarked
package io.mediasaga.tracing;

import org.jspecify.annotations.NullMarked;

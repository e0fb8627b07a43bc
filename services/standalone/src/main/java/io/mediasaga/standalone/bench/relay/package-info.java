/** Measures the outbox's relay, and looks whether it keeps the order. */
@NullMarked
package io.mediasaga.standalone.bench.relay;

import org.jspecify.annotations.NullMarked;

/** Reads and writes envelopes. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.envelope;

import org.jspecify.annotations.NullMarked;

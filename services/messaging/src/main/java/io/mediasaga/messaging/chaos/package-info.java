/** Simulated faults, off unless they are configured: what is hit is a pure function of a seed. */
@NullMarked
package io.mediasaga.messaging.chaos;

import org.jspecify.annotations.NullMarked;

/** Durable retries of messages whose handler failed. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.retry;

import org.jspecify.annotations.NullMarked;

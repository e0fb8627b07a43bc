/** The transactional outbox: fast path, relay, acknowledgement. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.outbox;

import org.jspecify.annotations.NullMarked;

/** Leased work outside of transactions. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.work;

import org.jspecify.annotations.NullMarked;

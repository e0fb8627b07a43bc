/** Where messages go that cannot be handled. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.deadletter;

import org.jspecify.annotations.NullMarked;

/** Takes out messages that were handled before. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.inbox;

import org.jspecify.annotations.NullMarked;

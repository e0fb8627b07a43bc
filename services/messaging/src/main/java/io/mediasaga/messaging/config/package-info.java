/** Spring wiring and settings. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.config;

import org.jspecify.annotations.NullMarked;

/** Outcomes of commands, unique by saga and step. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.effect;

import org.jspecify.annotations.NullMarked;

/** From Kafka records to handlers, batch by batch. Internal to the library: services use {@code io.mediasaga.messaging} alone. */
@NullMarked
package io.mediasaga.messaging.consumer;

import org.jspecify.annotations.NullMarked;

/** A small service, started as often as needed on the embedded servers, and a Kafka client that knows nothing of it. */
@NullMarked
package io.mediasaga.messaging.harness;

import org.jspecify.annotations.NullMarked;

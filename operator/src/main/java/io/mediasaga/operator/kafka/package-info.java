/** Topics through Kafka's admin client. */
@NullMarked
package io.mediasaga.operator.kafka;

import org.jspecify.annotations.NullMarked;

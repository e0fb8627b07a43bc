/** What is done now and then, as long as the service runs. */
@NullMarked
package io.mediasaga.messaging.schedule;

import org.jspecify.annotations.NullMarked;

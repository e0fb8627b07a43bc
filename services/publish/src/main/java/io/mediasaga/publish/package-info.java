/** The publish service: makes the result reachable under its public address. */
@NullMarked
package io.mediasaga.publish;

import org.jspecify.annotations.NullMarked;

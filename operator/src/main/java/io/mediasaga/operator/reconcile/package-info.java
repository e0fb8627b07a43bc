/** The control loop: what is watched, what is done, in which order. */
@NullMarked
package io.mediasaga.operator.reconcile;

import org.jspecify.annotations.NullMarked;

/** What is wanted, computed from MediaSagas and what is observed; pure, without a cluster. */
@NullMarked
package io.mediasaga.operator.model;

import org.jspecify.annotations.NullMarked;

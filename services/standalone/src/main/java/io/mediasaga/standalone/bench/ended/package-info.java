/** Fills the tables of a platform as months of work would. */
@NullMarked
package io.mediasaga.standalone.bench.ended;

import org.jspecify.annotations.NullMarked;

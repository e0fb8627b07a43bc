/** The registry of assets and what became of each: pending, published or failed. */
@NullMarked
package io.mediasaga.media;

import org.jspecify.annotations.NullMarked;

/** An upload's way from the first byte to the event that it is complete. */
@NullMarked
package io.mediasaga.ingest.upload;

import org.jspecify.annotations.NullMarked;

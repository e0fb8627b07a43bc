/** Brings to its end what was interrupted, expired or is no longer needed. */
@NullMarked
package io.mediasaga.ingest.janitor;

import org.jspecify.annotations.NullMarked;

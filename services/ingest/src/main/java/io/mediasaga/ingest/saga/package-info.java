/** What the service does for sagas: prepare an upload, clean up after it. */
@NullMarked
package io.mediasaga.ingest.saga;

import org.jspecify.annotations.NullMarked;

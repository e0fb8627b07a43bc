/** Takes uploads and tells their sagas. */
@NullMarked
package io.mediasaga.ingest;

import org.jspecify.annotations.NullMarked;

/**
 * Uploads over HTTP: tus 1.0.0, and plain PUT.
 *
 * <p>tus is implemented here and not taken from tus-java-server. That library appends a chunk first and takes it off again when its
 * checksum is wrong, which an object store cannot do; its locks have no lease and no epoch, so a paused replica could write into an
 * upload that another has taken over; and it has no place for the transaction in which an upload completes and its event is sent.
 * What is left of the protocol is small.
 */
@NullMarked
package io.mediasaga.ingest.http;

import org.jspecify.annotations.NullMarked;

/**
 * Where media files are kept: {@link io.mediasaga.storage.MediaStore one small interface} over a file system or S3.
 *
 * <p>Objects are addressed by {@link io.mediasaga.storage.MediaKey keys}, which cannot leave the store. Services pass them to
 * each other as text of the form {@code store:uploads/…}.
 */
@NullMarked
package io.mediasaga.storage;

import org.jspecify.annotations.NullMarked;

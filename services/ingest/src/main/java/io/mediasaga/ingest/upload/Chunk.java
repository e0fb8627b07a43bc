package io.mediasaga.ingest.upload;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a client sends in one request.
 *
 * @param offset where they belong
 * @param length how many are announced, -1 where that is not known
 * @param body the bytes
 * @param checksum of these bytes; with it they count all or not at all
 */
public record Chunk(long offset, long length, InputStream body, @Nullable Checksum checksum) {}

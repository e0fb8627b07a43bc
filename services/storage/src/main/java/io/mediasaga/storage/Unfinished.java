package io.mediasaga.storage;

import java.time.Instant;

/**
 * Bytes in the store that have not become an object.
 *
 * @param key of the object that they were to be
 * @param begunAt when that began
 */
public record Unfinished(MediaKey key, Instant begunAt) {}

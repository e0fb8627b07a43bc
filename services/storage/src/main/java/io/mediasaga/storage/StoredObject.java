package io.mediasaga.storage;

import java.time.Instant;

/**
 * What the store knows of an object.
 *
 * @param key its name
 * @param size in bytes
 * @param modifiedAt when it was written, by the clock of the store
 */
public record StoredObject(MediaKey key, long size, Instant modifiedAt) {}

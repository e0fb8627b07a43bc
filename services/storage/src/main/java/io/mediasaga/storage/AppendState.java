package io.mediasaga.storage;

import java.util.Objects;

/**
 * What is durable of an object that is being appended to. The caller keeps it, in a database, and hands it back to go on.
 *
 * @param size the durable bytes
 * @param detail for the store only, where they are; mostly under 100 characters, never a secret
 */
public record AppendState(long size, String detail) {

    /** Nothing has been written yet. */
    public static final AppendState EMPTY = new AppendState(0, "");

    public AppendState {
        Objects.requireNonNull(detail, "detail");
        if (size < 0) {
            throw new IllegalArgumentException("The size of an unfinished object cannot be " + size);
        }
    }
}

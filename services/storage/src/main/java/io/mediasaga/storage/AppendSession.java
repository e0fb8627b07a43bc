package io.mediasaga.storage;

import java.io.Closeable;
import java.io.IOException;

/** Appends to an unfinished object. For one thread. What was written after the last {@link #sync} is lost on close. */
public interface AppendSession extends Closeable {

    /**
     * Appends the bytes.
     *
     * @throws StorageFullException when there is no room
     */
    void write(byte[] buffer, int offset, int length) throws IOException;

    /**
     * Makes durable what has been written. The bytes count once the caller has kept the result; until then another session
     * starts from the state before.
     *
     * @return the state to keep in place of the one before
     * @throws StorageFullException when there is no room
     */
    AppendState sync() throws IOException;
}

package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.Path;

/** An object as a file for tools that need one. Read it only; close it when done. */
public interface LocalFile extends AutoCloseable {

    /** The file, there until {@link #close}. */
    Path path();

    /** Gives the file back; a temporary copy is deleted. */
    @Override
    void close() throws IOException;
}

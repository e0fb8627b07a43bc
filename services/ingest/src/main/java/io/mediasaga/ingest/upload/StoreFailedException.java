package io.mediasaga.ingest.upload;

import io.mediasaga.storage.StorageFullException;
import java.io.IOException;

/** The media store failed or cannot be reached. What was acknowledged is kept; the same request may succeed later. */
public class StoreFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFailedException(IOException cause) {
        super("The media store failed: " + cause.getMessage(), cause);
    }

    /** Does what works on the store. That it is full stays what it is. */
    static <T> T guard(Action<T> action) throws StorageFullException {
        try {
            return action.run();
        } catch (StorageFullException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    /** Works on the store. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }
}

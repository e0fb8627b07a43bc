package io.mediasaga.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store has no room, or less than the configured minimum. Nothing that was acknowledged is lost. */
public class StorageFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message which store is full, and what to do */
    public StorageFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

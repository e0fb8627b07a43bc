package io.mediasaga.storage;

import java.io.IOException;

/** There is no object under the key. */
public class ObjectNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param key the key that names nothing */
    public ObjectNotFoundException(MediaKey key) {
        super("The store has no object " + key.uri());
    }
}

package io.mediasaga.ingest.upload;

import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where uploads have their files: each in a folder of its own, but for small ones that come whole, which lie beside the folders where
 * the store can do that: to make and take away a folder costs a file system more than such a file.
 */
public final class UploadFiles {

    private static final String WHOLE = ".whole";

    private UploadFiles() {}

    /** Writes a small file; returns its key, which no other call returns while the object is there. */
    static MediaKey write(MediaStore store, String id, byte[] bytes) throws IOException {
        MediaKey beside = whole(id);
        if (store.create(beside, bytes)) {
            return beside;
        }
        // Another request is writing it as well, or was killed on the way.
        MediaKey inside = Upload.folder(id).resolve("whole-" + UUID.randomUUID());
        store.write(inside, new ByteArrayInputStream(bytes));
        return inside;
    }

    private static MediaKey whole(String id) {
        return Upload.root().resolve(id + WHOLE);
    }

    /** The upload that an object directly among the uploads is of; {@code null} where it is none of ours. */
    public static @Nullable String uploadOf(MediaKey beside) {
        String name = beside.name();
        return name.endsWith(WHOLE) && name.length() > WHOLE.length()
                ? name.substring(0, name.length() - WHOLE.length())
                : null;
    }

    /** Deletes all that there is of an upload. */
    public static void delete(MediaStore store, String id) throws IOException {
        if (store.creates()) {
            store.delete(whole(id));
        }
        store.deleteAll(Upload.folder(id));
    }
}

package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes stores where there is no Spring. */
public final class MediaStores {

    private static final Logger log = LoggerFactory.getLogger(MediaStores.class);

    private MediaStores() {}

    /**
     * The configured store. An S3 store is {@link AutoCloseable} and should be closed. One that does not answer now is no failure,
     * it may be back when it is needed.
     *
     * @throws IllegalArgumentException when the configuration is wrong, or the bucket is not there or may not be used
     * @throws IOException when the folder cannot be made or written to
     */
    public static MediaStore create(StorageProperties properties) throws IOException {
        return switch (properties.type()) {
            case FILESYSTEM -> new FileSystemStore(
                    properties.path(), properties.minFree().toBytes());
            case S3 -> checked(S3Store.create(properties.s3()));
        };
    }

    private static S3Store checked(S3Store store) throws IOException {
        try {
            store.check();
        } catch (StoreUnavailableException e) {
            if (e.misconfigured()) {
                store.close();
                // Without its cause: the first cause is what programs that do not start tell, and this says more.
                throw new IllegalArgumentException(e.getMessage());
            }
            log.warn("The media store cannot be used now: {}", e.getMessage());
        }
        return store;
    }

    /** A file system store in the folder, which is made when absent. For tests and tools. */
    public static MediaStore inFolder(Path folder) throws IOException {
        return new FileSystemStore(folder, 0);
    }
}

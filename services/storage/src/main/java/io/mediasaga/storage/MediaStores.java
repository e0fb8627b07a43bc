package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Makes stores where there is no Spring. */
public final class MediaStores {

    private MediaStores() {}

    /**
     * The configured store. An S3 store is {@link AutoCloseable} and should be closed.
     *
     * @throws IllegalArgumentException when the configuration is wrong
     * @throws IOException when the folder cannot be made or written to
     */
    public static MediaStore create(StorageProperties properties) throws IOException {
        return switch (properties.type()) {
            case FILESYSTEM -> new FileSystemStore(
                    properties.path(), properties.minFree().toBytes());
            case S3 -> S3Store.create(properties.s3());
        };
    }

    /** A file system store in the folder, which is made when absent. For tests and tools. */
    public static MediaStore inFolder(Path folder) throws IOException {
        return new FileSystemStore(folder, 0);
    }
}

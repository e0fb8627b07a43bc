package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches the free space of a file system. */
final class Room {

    private final Path folder;
    private final long minFree;

    /** @param minFree bytes that are to stay free */
    Room(Path folder, long minFree) {
        this.folder = folder;
        this.minFree = minFree;
    }

    /** @throws StorageFullException when the bytes would leave less than the minimum free */
    void require(long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free - bytes < minFree) {
            throw new StorageFullException(
                    "The media store has no room: " + mebibytes(free) + " MiB are free, " + mebibytes(bytes)
                            + " MiB are wanted and " + mebibytes(minFree) + " MiB must stay free"
                            + " (mediasaga.storage.min-free). Free some space and try again",
                    null);
        }
    }

    /** The exception as a {@link StorageFullException} when it is about a full disk, else as it is. */
    static IOException explain(IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean full = message.contains("No space left") || message.contains("quota exceeded");
        return full && !(e instanceof StorageFullException)
                ? new StorageFullException("The media store's disk is full. Free some space and try again", e)
                : e;
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}

package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Watches the free space of a file system. */
final class Room {

    private final FileStore disk;
    private final long minFree;

    /**
     * @param folder a folder of the file system
     * @param minFree bytes that are to stay free
     */
    Room(Path folder, long minFree) throws IOException {
        this.disk = Files.getFileStore(folder);
        this.minFree = minFree;
    }

    /** @throws StorageFullException when the bytes would leave less than the minimum free */
    void require(long bytes) throws IOException {
        long free = disk.getUsableSpace();
        if (free - bytes < minFree) {
            throw new StorageFullException(
                    "The media store has no room: " + mebibytes(free) + " MiB are free, " + mebibytes(bytes)
                            + " MiB are wanted and " + mebibytes(minFree) + " MiB must stay free"
                            + " (mediasaga.storage.min-free). Free some space and try again",
                    null);
        }
    }

    /** What went wrong with an object, in words that say which and not where on the disk it is. */
    static IOException explain(MediaKey key, IOException e) {
        IOException explained = explain(e);
        if (explained != e || !(e instanceof FileSystemException failure) || e instanceof NoSuchFileException) {
            return explained;
        }
        String reason = switch (failure) {
            case AccessDeniedException _ -> "its folder may not be written to";
            case FileAlreadyExistsException _ -> "a file is where its folder is to be";
            case NotDirectoryException _ -> "a file is where its folder is to be";
            default -> failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        };
        return new IOException("The media store cannot write " + key.uri() + ": " + reason, e);
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

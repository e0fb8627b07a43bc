package io.mediasaga.processing.ffmpeg;

import io.mediasaga.storage.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room in the working folder. FFmpeg does not always say that there was none: it may leave out what it could not
 * write, and a file that is fine would be called damaged, or published with holes.
 */
public final class WorkRoom {

    private static final long LEAST_BYTES = 1 << 20;

    private WorkRoom() {}

    /** @throws StorageFullException when the folder's disk is as good as full */
    static void require(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAST_BYTES) {
            throw full(null);
        }
    }

    /** The exception as a {@link StorageFullException} when it is about a full disk, else as it is. */
    public static IOException explain(IOException e) {
        boolean full = isAboutRoom(String.valueOf(e.getMessage()));
        return full && !(e instanceof StorageFullException) ? full(e) : e;
    }

    static boolean isAboutRoom(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    static StorageFullException full(@Nullable Throwable cause) {
        return new StorageFullException(
                "There is no room left in the working folder of the processing service. Free some space and try again", cause);
    }
}

package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes that wait until they are enough for a part. They lie in a file and not in memory, since there may be many uploads at a time;
 * the file has lost its name at once, so it goes with the process whatever ends it. For one thread.
 */
final class Spool implements AutoCloseable {

    private static final int BUFFER = 128 << 10;

    private final Path folder;
    private @Nullable FileChannel file;
    private long size;

    /** @param folder where files may lie; made when absent */
    Spool(Path folder) {
        this.folder = folder;
    }

    long size() {
        return size;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        try {
            FileChannel channel = file();
            while (rest.hasRemaining()) {
                size += channel.write(rest, size);
            }
        } catch (IOException e) {
            throw Room.explain(e) instanceof StorageFullException
                    ? new StorageFullException("There is no room in the temporary folder " + folder
                            + ". Free some space, or name another by mediasaga.storage.s3.temp-dir", e)
                    : e;
        }
    }

    /** Takes bytes of the stream until it has so many, or the stream ends. */
    void fill(InputStream in, long upTo) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (size < upTo) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, upTo - size));
            if (count < 0) {
                return;
            }
            write(buffer, 0, count);
        }
    }

    /** What is in it now. To be sent before anything else happens to the spool. */
    RequestBody body() throws IOException {
        return size == 0 ? RequestBody.empty() : S3Bodies.of(file(), 0, size);
    }

    void clear() {
        size = 0;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            Files.createDirectories(folder);
            Path named = Files.createTempFile(folder, "mediasaga-", ".part");
            file = FileChannel.open(named, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(named);
        }
        return file;
    }
}

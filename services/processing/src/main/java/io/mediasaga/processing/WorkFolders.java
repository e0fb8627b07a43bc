package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Folders to work in, one for each file in work. They lie in a folder of this process, which it keeps locked: what nobody
 * holds locked belonged to a process that died, and goes.
 */
final class WorkFolders implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path root;
    private final Path own;
    private final FileChannel lock;

    private WorkFolders(Path root, Path own, FileChannel lock) {
        this.root = root;
        this.own = own;
        this.lock = lock;
    }

    /**
     * Takes a folder for this process.
     *
     * @throws IOException when the root cannot be made or written to
     */
    static WorkFolders open(Path root) throws IOException {
        try {
            Files.createDirectories(root);
            // Made locked under another name: nobody finds it unlocked.
            Path own = Files.createDirectory(root.toAbsolutePath().resolve("new-" + UUID.randomUUID()));
            FileChannel channel =
                    FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            Path named = Files.move(own, own.resolveSibling("worker-" + UUID.randomUUID()));
            return new WorkFolders(root.toAbsolutePath(), named, channel);
        } catch (IOException e) {
            throw new IOException("Cannot write to the working folder " + root.toAbsolutePath()
                    + ": make it writable, or name another by mediasaga.processing.work-folder", e);
        }
    }

    /** A new empty folder; {@link Folders#delete} it when done. */
    Path create() throws IOException {
        return Files.createDirectory(own.resolve(UUID.randomUUID().toString()));
    }

    /** Deletes what processes that died have left behind. */
    void deleteAbandoned() throws IOException {
        List<Path> workers;
        try (Stream<Path> all = Files.list(root)) {
            workers = all.filter(path -> path.getFileName().toString().startsWith("worker-") && !path.equals(own)).toList();
        }
        for (Path worker : workers) {
            if (isAbandoned(worker)) {
                Folders.delete(worker);
            }
        }
    }

    private static boolean isAbandoned(Path worker) throws IOException {
        try (FileChannel channel = FileChannel.open(worker.resolve(LOCK), StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another service of this very process
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            Folders.delete(own);
        }
    }
}

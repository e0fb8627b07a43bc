package io.mediasaga.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Writing to a file system so that it survives a loss of power. Thread-safe. */
final class Durable {

    /** Names that begin so are not objects. */
    static final String HIDDEN = ".";

    private final Path root;
    private final Map<Path, GroupSync> shared = new ConcurrentHashMap<>();

    /** @param root below this folder everything lies; it and the folders in it are those that many write to at a time */
    Durable(Path root) {
        this.root = root;
    }

    /** Writes what the source gives to a hidden file, then moves it to its name. */
    void replace(Path target, Source source) throws IOException {
        List<Path> changed = makeFolders(target.getParent());
        Path temporary = target.resolveSibling(HIDDEN + "tmp-" + unique());
        try {
            source.writeTo(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        // The file's sync has carried new folders along already, on most file systems; so this costs next to nothing.
        syncFolder(target.getParent());
        syncFolders(changed);
    }

    /** Writes a new file under its name at once; false when there is one. */
    boolean create(Path target, byte[] content) throws IOException {
        List<Path> changed = makeFolders(target.getParent());
        try {
            write(target, new ByteArrayInputStream(content));
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
        syncFolder(target.getParent());
        syncFolders(changed);
        return true;
    }

    /** Gives a file a second name. It is whole from the first moment, so there is no hidden name on the way to it. */
    void link(Path file, Path target) throws IOException {
        List<Path> changed = makeFolders(target.getParent());
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            // (POSIX has a rename between two names of one file do nothing and leave both.)
            if (!Files.isSameFile(target, file)) {
                replace(target, hidden -> Files.createLink(hidden, file));
            }
        }
        syncFolder(target.getParent());
        syncFolders(changed);
    }

    /** A name that nobody else takes; should it happen all the same, the file is there already and that write fails. */
    private static String unique() {
        var random = ThreadLocalRandom.current();
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    /** Writes a new file and syncs it. */
    static void write(Path file, InputStream content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            content.transferTo(out);
            channel.force(false);
        }
    }

    /** Makes the folder and those above it, durably. */
    static void createFolders(Path folder) throws IOException {
        for (Path each : makeFolders(folder)) {
            GroupSync.force(each);
        }
    }

    /** Makes the folder and those above it; the result are the folders that have a new name in them and want a sync. */
    static List<Path> makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        List<Path> changed = new ArrayList<>();
        for (Path each : missing) {
            try {
                Files.createDirectory(each);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
            changed.add(each.getParent());
        }
        return changed;
    }

    void syncFolders(List<Path> folders) throws IOException {
        for (Path each : folders) {
            syncFolder(each);
        }
    }

    /** Syncs the names in a folder. */
    void syncFolder(Path folder) throws IOException {
        if (folder.equals(root) || root.equals(folder.getParent())) {
            shared.computeIfAbsent(folder, GroupSync::new).sync();
        } else {
            GroupSync.force(folder);
        }
    }

    /** Tries again once when somebody who deletes took away the folder in between. */
    static void againstDeletion(Path target, Writing writing) throws IOException {
        try {
            writing.run();
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(target.getParent())) {
                throw e;
            }
            writing.run();
        }
    }

    /** Writes a target; may be called twice. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    /** Gives the content of a new file. */
    @FunctionalInterface
    interface Source {
        /** Makes the file, synced. */
        void writeTo(Path file) throws IOException;
    }
}

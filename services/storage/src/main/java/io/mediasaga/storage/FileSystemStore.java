package io.mediasaga.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Objects as files below one folder. A new object is written beside its name under a hidden one, synced, moved to its name,
 * and the folder is synced.
 */
final class FileSystemStore implements MediaStore {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path root;
    private final Room room;
    private final Durable durable;
    private final FileAppends appends;
    private final boolean links;

    FileSystemStore(Path folder, long minFree) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        try {
            Durable.createFolders(absolute);
            this.root = absolute.toRealPath();
            this.links = probe(root);
        } catch (IOException e) {
            throw new IOException("Cannot write to the media store's folder " + absolute
                    + ": make it writable, or name another by mediasaga.storage.path", e);
        }
        this.room = new Room(root, minFree);
        this.durable = new Durable(root);
        this.appends = new FileAppends(this::path, room, durable);
    }

    /** Finds out whether files can have second names. */
    private static boolean probe(Path root) throws IOException {
        Path file = Files.createTempFile(root, Durable.HIDDEN + "probe-", "");
        Path second = file.resolveSibling(file.getFileName() + "-2");
        try {
            Files.createLink(second, file);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        } finally {
            Files.deleteIfExists(second);
            Files.deleteIfExists(file);
        }
    }

    @Override
    public boolean copiesByName() {
        return links;
    }

    @Override
    public StoredObject write(MediaKey key, InputStream content) throws IOException {
        // The stream can be read once only, so what is written is not tried again.
        return writing(key, target -> durable.replace(target, file -> Durable.write(file, content)));
    }

    @Override
    public StoredObject write(MediaKey key, Path file) throws IOException {
        room.require(Files.size(file));
        return writing(key, target -> Durable.againstDeletion(target, () -> durable.replace(target, copyOf(file))));
    }

    @Override
    public boolean create(MediaKey key, byte[] content) throws IOException {
        room.require(content.length);
        try {
            return durable.create(path(key), content);
        } catch (IOException e) {
            throw Room.explain(key, e);
        }
    }

    @Override
    public boolean creates() {
        return true;
    }

    @Override
    public Optional<StoredObject> find(MediaKey key) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path(key), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(describe(key, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(MediaKey key, long offset, long length) throws IOException {
        existing(key);
        FileChannel channel = FileChannel.open(path(key), READ);
        channel.position(offset);
        return new BufferedInputStream(new LimitedInputStream(Channels.newInputStream(channel), length), 1 << 16);
    }

    @Override
    public void forEach(MediaKey folder, Consumer<StoredObject> action) throws IOException {
        Path start = path(folder);
        if (Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(start, showing(action));
        }
    }

    private Tree showing(Consumer<StoredObject> action) {
        return new Tree(this::folderVisible) {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !hidden(file)) {
                    action.accept(describe(MediaKey.of(root.relativize(file).toString()), attributes));
                }
                return FileVisitResult.CONTINUE;
            }
        };
    }

    @Override
    public void forEachDirectlyIn(MediaKey folder, Consumer<StoredObject> action) throws IOException {
        Path start = path(folder);
        if (Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(start, Set.of(), 1, showing(action));
        }
    }

    @Override
    public void forEachFolder(MediaKey folder, Consumer<MediaKey> action) throws IOException {
        Path start = path(folder);
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(start)) {
            for (Path each : entries) {
                if (!hidden(each) && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    action.accept(folder.resolve(each.getFileName().toString()));
                }
            }
        }
    }

    @Override
    public void delete(MediaKey key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public int deleteAll(MediaKey folder) throws IOException {
        Path start = path(folder);
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        Tree.Deleting deleting = new Tree.Deleting(file -> !hidden(file));
        Files.walkFileTree(start, deleting);
        return deleting.deleted();
    }

    @Override
    public LocalFile local(MediaKey key, Path scratch) throws IOException {
        existing(key);
        Path file = path(key);
        return new LocalFile() {
            @Override
            public Path path() {
                return file;
            }

            @Override
            public void close() {
                // The store's own file stays.
            }
        };
    }

    @Override
    public StoredObject copy(MediaKey from, MediaKey to) throws IOException {
        existing(from);
        // Objects are never changed in place, so a second name for the same file is as good as a copy and costs nothing.
        return writing(to, target -> Durable.againstDeletion(target, () -> {
            if (links) {
                durable.link(path(from), target);
            } else {
                durable.replace(target, copyOf(path(from)));
            }
        }));
    }

    @Override
    public List<StoredObject> copyIn(Path source, MediaKey folder) throws IOException {
        LocalFolder local = LocalFolder.scan(source, folder);
        room.require(local.bytes());
        List<StoredObject> written = new ArrayList<>();
        for (LocalFolder.Entry each : local.entries()) {
            written.add(write(each.key(), each.file()));
        }
        return written;
    }

    @Override
    public AppendSession append(MediaKey key, AppendState state, long epoch) throws IOException {
        return appends.open(key, state, epoch);
    }

    @Override
    public StoredObject finish(MediaKey key, AppendState state) throws IOException {
        Optional<StoredObject> done = find(key);
        if (done.isPresent()) {
            return done.get();
        }
        appends.finish(key, state);
        return existing(key);
    }

    @Override
    public void discard(MediaKey key, AppendState state) throws IOException {
        delete(key);
        appends.discard(key);
    }

    private StoredObject writing(MediaKey key, Write write) throws IOException {
        room.require(0);
        try {
            write.to(path(key));
        } catch (IOException e) {
            throw Room.explain(key, e);
        }
        return existing(key);
    }

    private StoredObject existing(MediaKey key) throws IOException {
        return find(key).orElseThrow(() -> new ObjectNotFoundException(key));
    }

    private Path path(MediaKey key) {
        return root.resolve(key.value());
    }

    private boolean folderVisible(Path folder) {
        return !hidden(folder);
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(Durable.HIDDEN);
    }

    private static Durable.Source copyOf(Path from) {
        return file -> {
            try (InputStream in = Files.newInputStream(from)) {
                Durable.write(file, in);
            }
        };
    }

    private static StoredObject describe(MediaKey key, BasicFileAttributes attributes) {
        return new StoredObject(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    @FunctionalInterface
    private interface Write {
        void to(Path target) throws IOException;
    }
}

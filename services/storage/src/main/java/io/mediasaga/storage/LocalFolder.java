package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a local folder would become in the store.
 *
 * @param entries its files, ordered by key
 * @param bytes their size in all
 */
record LocalFolder(List<Entry> entries, long bytes) {

    /** A file and the key that it gets. */
    record Entry(MediaKey key, Path file, long size) {}

    static LocalFolder scan(Path source, MediaKey folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new IOException(file + " cannot be stored: it is a link or a device, not a file");
                }
                entries.add(new Entry(
                        folder.resolve(source.relativize(file).toString()), file, attributes.size()));
                return FileVisitResult.CONTINUE;
            }
        });
        entries.sort(Comparator.comparing(Entry::key));
        return new LocalFolder(
                List.copyOf(entries), entries.stream().mapToLong(Entry::size).sum());
    }
}

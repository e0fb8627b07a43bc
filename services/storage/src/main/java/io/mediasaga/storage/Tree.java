package io.mediasaga.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks a tree in which others write and delete meanwhile. */
class Tree extends SimpleFileVisitor<Path> {

    private final Predicate<Path> enter;

    Tree(Predicate<Path> enter) {
        this.enter = enter;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return enter.test(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    /** Deletes what it walks over. */
    static final class Deleting extends Tree {
        private final Predicate<Path> counted;
        private int deleted;

        Deleting(Predicate<Path> counted) {
            super(folder -> true);
            this.counted = counted;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Files.deleteIfExists(file) && counted.test(file)) {
                deleted++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException written) {
                // Somebody has just put something there; that is for the next time.
            }
            return FileVisitResult.CONTINUE;
        }

        int deleted() {
            return deleted;
        }
    }
}

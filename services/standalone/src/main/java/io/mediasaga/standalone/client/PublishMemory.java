package io.mediasaga.standalone.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/** Remembers what was begun, so that an interrupted publication goes on where it was. */
public final class PublishMemory {

    private final Path folder;

    /** @param folder where to remember; made when needed */
    public PublishMemory(Path folder) {
        this.folder = folder;
    }

    /**
     * Something begun.
     *
     * @param key idempotency key of the start
     * @param sagaId the saga, empty while its start has not been confirmed
     */
    record Begun(String key, String sagaId) {}

    /** What was begun for this file, owner and title on that platform, or something new. */
    Begun recall(LocalFile file, String purpose) {
        return read(note(file, purpose))
                .map(note -> new Begun(note.getProperty("key", ""), note.getProperty("saga", "")))
                .filter(begun -> !begun.key().isBlank())
                .orElseGet(() -> {
                    Begun fresh = new Begun(UUID.randomUUID().toString(), "");
                    write(file, purpose, fresh);
                    return fresh;
                });
    }

    void started(LocalFile file, String purpose, Begun begun, String sagaId) {
        write(file, purpose, new Begun(begun.key(), sagaId));
    }

    void forget(LocalFile file, String purpose) {
        try {
            Files.deleteIfExists(note(file, purpose));
        } catch (IOException e) {
            // then the next run finds a saga that has ended, and begins anew
        }
    }

    private Optional<Properties> read(Path note) {
        try (var in = Files.newInputStream(note)) {
            Properties properties = new Properties();
            properties.load(in);
            return Optional.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write(LocalFile file, String purpose, Begun begun) {
        Properties properties = new Properties();
        properties.setProperty("key", begun.key());
        properties.setProperty("saga", begun.sagaId());
        try {
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "note", null);
            try (var out = Files.newOutputStream(draft)) {
                properties.store(out, null);
            }
            Files.move(draft, note(file, purpose), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // publishing works without; only going on after an interruption does not
        }
    }

    private Path note(LocalFile file, String purpose) {
        return folder.resolve(file.fingerprint() + "-" + Integer.toHexString(purpose.hashCode()) + ".properties");
    }
}

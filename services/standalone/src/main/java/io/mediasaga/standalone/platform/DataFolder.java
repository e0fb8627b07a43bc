package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.Directories;
import io.mediasaga.embedded.LocalIssuer;
import io.mediasaga.embedded.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder in which a platform keeps everything: data, secrets, logs, and what tells others where it runs. */
public final class DataFolder {

    /** Its presence says that the folder is ours, so that {@code --fresh} never deletes anything else. */
    private static final String MARKER = "mediasaga-data";

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /** The folder as it is, made or not; for looking at it. */
    public static DataFolder at(Path root) {
        return new DataFolder(root.toAbsolutePath().normalize());
    }

    /**
     * Makes the folder ready for a platform.
     *
     * @throws DataFolderException when it holds something that is not ours
     */
    public DataFolder prepare() {
        if (!isOurs() && !isEmptyOrAbsent()) {
            throw new DataFolderException(("%s has files in it that are not the platform's; choose another folder with --data, "
                    + "or move them away").formatted(root));
        }
        Directories.create(root);
        write(root.resolve(MARKER), "The data of a mediasaga platform. ./mediasaga dev --fresh deletes this folder's content.\n");
        return this;
    }

    /**
     * Deletes everything.
     *
     * @throws DataFolderException when it does not look like ours
     */
    public void drop() {
        if (isEmptyOrAbsent()) {
            return;
        }
        if (!isOurs()) {
            throw new DataFolderException(("--fresh will not delete %s: it does not look like the platform's "
                    + "(there is no file %s in it)").formatted(root, MARKER));
        }
        Directories.delete(root);
    }

    private boolean isOurs() {
        return Files.isRegularFile(root.resolve(MARKER));
    }

    private boolean isEmptyOrAbsent() {
        if (!Files.exists(root)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new DataFolderException("Cannot read the folder " + root + ": " + e.getMessage(), e);
        }
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** A folder or file in it. */
    public Path path(String name) {
        return root.resolve(name);
    }

    /** The token of the HTTP interface; made when there is none. */
    public String token() {
        return Secrets.keptIn(tokenFile());
    }

    /** Where the token is. */
    public Path tokenFile() {
        return root.resolve("token");
    }

    /** Issues tokens for people; its key is made when there is none. */
    public LocalIssuer issuer() {
        return LocalIssuer.in(root.resolve("secrets"));
    }

    /** A secret by its name; made when there is none. */
    public String secret(String name) {
        return Secrets.keptIn(root.resolve("secrets").resolve(name));
    }

    /** Address and process of the platform that runs on this folder, if the notes that it left are true. */
    public Optional<RunningPlatform> running() {
        try {
            String[] words = Files.readString(root.resolve("running")).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().command().orElse("").contains("java"))
                    .map(process -> new RunningPlatform(process, words[1]));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    void noteRunning(String address) {
        write(root.resolve("running"), ProcessHandle.current().pid() + " " + address + "\n");
    }

    void noteStopped() {
        try {
            Files.deleteIfExists(root.resolve("running"));
        } catch (IOException e) {
            // the next start does not believe it anyway
        }
    }

    /** Writes settings that only their owner may read, as passwords are among them. */
    Path writeSettings(String service, Map<String, String> settings) {
        Path folder = Directories.create(root.resolve("services"));
        String lines = settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> setting.getKey() + "=" + setting.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
        write(folder.resolve(service + ".properties"), lines);
        return folder;
    }

    /** Puts the definition of that name, which comes with the program, where the orchestrator reads it. */
    Path definition(String name) {
        Path file = Directories.create(root.resolve("definitions")).resolve(name);
        try (InputStream packed = DataFolder.class.getResourceAsStream("/definitions/" + name)) {
            if (packed == null) {
                throw new DataFolderException("The definition " + name + " is missing in the program; build it again");
            }
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new DataFolderException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String content) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new DataFolderException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}

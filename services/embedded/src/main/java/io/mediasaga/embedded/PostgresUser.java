package io.mediasaga.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Under whom PostgreSQL runs, which refuses to be root. For root there are two ways: a user namespace of its own, in which it is
 * nobody with root's files; where namespaces are forbidden, as in many containers, the user {@value #NOBODY} with the right to read
 * and write any file, for its folder may lie where only root gets.
 *
 * @param command what goes before a program of PostgreSQL
 * @param owner the number of the user whom its data have to belong to; null where they do already
 */
record PostgresUser(List<String> command, @Nullable Integer owner) {

    private static final int NOBODY = 65534;
    private static final String RIGHT = "+dac_override";
    /** The right counts for access(2), too, by which initdb looks for its programs, only without the fix-up. */
    private static final List<String> AS_NOBODY = List.of(
            "setpriv", "--securebits=+no_setuid_fixup", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
            "--inh-caps=-all," + RIGHT, "--ambient-caps=" + RIGHT, "--bounding-set=-all," + RIGHT);
    private static final String UID = "unix:uid";

    /** @throws EmbeddedServerException when this is root and there is no way */
    static PostgresUser ofThisProcess() {
        if (!isRoot()) {
            return new PostgresUser(List.of(), null);
        }
        if (LinuxUtils.isUnshareAvailable()) {
            return new PostgresUser(List.of("unshare", "-U"), 0);
        }
        String why = tried();
        if (why != null) {
            throw new EmbeddedServerException("PostgreSQL does not run as root, and neither is there a user namespace for it nor can it run"
                    + " as user " + NOBODY + " (" + why + "): start this as another user, or install setpriv (Debian: util-linux)");
        }
        return new PostgresUser(AS_NOBODY, NOBODY);
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), UID) instanceof Integer uid && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no Linux, where zonky's binaries are not run as root either
        }
    }

    private static @Nullable String tried() {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0 ? null : "setpriv: " + said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Gives the folder or file to it that was made by another way. */
    void own(Path path) throws IOException {
        Integer wanted = owner;
        if (wanted == null || !Files.exists(path) || wanted.equals(Files.getAttribute(path, UID))) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, UID, wanted, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
                Files.setAttribute(directory, UID, wanted); // the topmost last: it tells that all is done
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

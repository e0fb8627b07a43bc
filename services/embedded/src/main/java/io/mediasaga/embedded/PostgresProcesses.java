package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The processes of the server that works on a folder of data. */
final class PostgresProcesses {

    private static final long LOOK_NANOS = 2_000_000;

    private final Path data;

    PostgresProcesses(Path data) {
        this.data = data;
    }

    /** Where the server notes its number. */
    Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /** The server itself, if it runs. */
    Optional<ProcessHandle> server() {
        try {
            String first = Files.readAllLines(pidFile()).getFirst().strip();
            return ProcessHandle.of(Long.parseLong(first))
                    .filter(PostgresProcesses::runs)
                    .filter(PostgresProcesses::isPostgres);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // no file, or one that was being written when the machine went down
        }
    }

    /** Whether it has not ended. What nobody has asked for its exit status, as in a container without init, stays in the list as a zombie. */
    private static boolean runs(ProcessHandle process) {
        try {
            String status = Files.readString(of(process, "stat")); // proc(5): the state follows the name, which may hold brackets itself
            char state = status.charAt(status.lastIndexOf(')') + 2);
            return process.isAlive() && state != 'Z' && state != 'X';
        } catch (IOException e) {
            return process.isAlive() && !Files.isDirectory(Path.of("/proc/self"));
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().or(() -> nameOf(process)).orElse("").contains("postgres");
    }

    /** What even those are told who may not know the program of another user's process. */
    private static Optional<String> nameOf(ProcessHandle process) {
        try {
            return Optional.of(Files.readString(of(process, "comm")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path of(ProcessHandle process, String what) {
        return Path.of("/proc", Long.toString(process.pid()), what);
    }

    /** Ends the server and all of its processes at once. One that is left would keep the next server from starting. */
    void kill() {
        Optional<ProcessHandle> server = server();
        if (server.isEmpty()) {
            return;
        }
        List<ProcessHandle> found = Stream.concat(server.stream(), server.get().descendants()).toList();
        while (!found.isEmpty()) {
            found.forEach(ProcessHandle::destroyForcibly);
            found.forEach(PostgresProcesses::awaitEnd);
            found = ProcessHandle.allProcesses().filter(this::worksHere).toList(); // begun while the others were looked for
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        while (runs(process)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** All processes of a server work in the folder of its data. */
    private boolean worksHere(ProcessHandle process) {
        try {
            return runs(process) && Files.readSymbolicLink(of(process, "cwd")).equals(data.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            return false; // gone, or no Linux
        }
    }
}

package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of the server that works on a folder of data. */
final class PostgresProcesses {

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
                    .filter(ProcessHandle::isAlive)
                    .filter(PostgresProcesses::isPostgres);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // no file, or one that was being written when the machine went down
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
            found.forEach(process -> process.onExit().join());
            found = ProcessHandle.allProcesses().filter(this::worksHere).toList(); // begun while the others were looked for
        }
    }

    /** All processes of a server work in the folder of its data. */
    private boolean worksHere(ProcessHandle process) {
        try {
            return process.isAlive() && Files.readSymbolicLink(of(process, "cwd")).equals(data.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            return false; // gone, or no Linux
        }
    }
}

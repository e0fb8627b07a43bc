package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The files of one PostgreSQL and the programs that work on them. */
final class PostgresCluster {

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 60;

    private final Path directory;
    private final Path data;
    private final PostgresProcesses processes;
    private final Path programs = PostgresBinaries.unpacked().resolve("bin");
    private final PostgresUser user = PostgresUser.ofThisProcess();

    PostgresCluster(Path directory) {
        this.directory = directory;
        this.data = directory.resolve("cluster");
        this.processes = new PostgresProcesses(data);
    }

    /** Makes the cluster when there is none; one whose making was interrupted is made anew. */
    void initialize(String password) {
        if (Files.isRegularFile(data.resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = directory.resolve("cluster.new");
        Directories.delete(fresh);
        Path passwordFile = directory.resolve("password.initdb");
        try {
            Files.deleteIfExists(passwordFile);
            Files.createFile(passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, password);
            run("initdb", "-D", fresh.toString(), "-U", EmbeddedPostgres.SUPERUSER, "-E", "UTF8",
                    "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
                    "--auth=scram-sha-256", "--pwfile=" + passwordFile);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot make a PostgreSQL cluster in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Starts the server and returns when it takes connections, recovered if it had been killed. */
    void start(int port, Map<String, String> settings) {
        clearStalePid();
        try {
            user.own(data);
            user.own(log());
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot give " + data + " to the user of PostgreSQL: " + e.getMessage(), e);
        }
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + quoted(setting.getValue()))
                .collect(Collectors.joining(" "));
        run("pg_ctl", "-D", data.toString(), "-w", "-t", String.valueOf(START_SECONDS),
                "-l", log().toString(), "-o", "-p " + port + " " + options, "start");
    }

    /** Stops the server, rolling open transactions back. Nothing happens when it does not run. */
    void stop() {
        if (processes.server().isEmpty()) {
            return;
        }
        try {
            run("pg_ctl", "-D", data.toString(), "-w", "-t", String.valueOf(STOP_SECONDS), "-m", "fast", "stop");
        } catch (EmbeddedServerException e) {
            if (processes.server().isPresent()) { // else it was ending by itself, as when its guard had told it to
                throw e;
            }
        }
    }

    PostgresProcesses processes() {
        return processes;
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    /** After kill -9 the number in postmaster.pid may belong to any other process by now, and PostgreSQL would not start. */
    private void clearStalePid() {
        if (processes.server().isEmpty()) {
            try {
                Files.deleteIfExists(processes.pidFile());
            } catch (IOException e) {
                throw new EmbeddedServerException("Cannot delete the stale " + processes.pidFile() + ": " + e.getMessage(), e);
            }
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(user.command());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = directory.resolve(program + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(2 * START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedServerException("PostgreSQL's %s did not end within %d s; see %s and %s"
                        .formatted(program, 2 * START_SECONDS, output, log()));
            }
            if (process.exitValue() != 0) {
                throw new EmbeddedServerException("PostgreSQL's %s failed: %s (log: %s)"
                        .formatted(program, Files.readString(output).strip(), log()));
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot run PostgreSQL's " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while PostgreSQL's " + program + " ran", e);
        }
    }

}

package io.mediasaga.standalone.e2e;

import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A platform as a user starts it: the program in a process of its own. */
final class Program extends Place {

    private static final String MAIN = "io.mediasaga.standalone.cli.CommandLineMain";
    private static final Pattern PORTS = Pattern.compile("PostgreSQL on port (\\d+), Kafka on (\\d+), Redis on (\\d+)");
    private static final Pattern READY = Pattern.compile("Ready at (http://[\\d.:]+)");
    private static final Duration START = Duration.ofMinutes(5);

    /** What a process that is killed has under a lease is soon taken over. */
    private static final Map<String, String> SOON_LET_GO = Map.of(
            "MEDIASAGA_MESSAGING_WORK_LEASE", "8s",
            "MEDIASAGA_MESSAGING_OUTBOX_GRACE", "5s",
            "MEDIASAGA_INGEST_LEASE", "8s",
            "MEDIASAGA_PROCESSING_CLEANUP_INTERVAL", "500ms",
            "MEDIASAGA_PUBLISH_CLEANUP", "500ms");

    private final Path data;
    private final Path output;
    private final Process process;
    private final Calls calls;
    private final int postgresPort;
    private final String kafka;
    private @Nullable Bucket bucket;

    private Program(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
        String address = awaitLine(READY).group(1);
        Matcher ports = awaitLine(PORTS);
        this.postgresPort = Integer.parseInt(ports.group(1));
        this.kafka = "127.0.0.1:" + ports.group(2);
        this.calls = new Calls(address, Secrets.keptIn(data.resolve("token")));
    }

    /** Runs {@code dev} on free ports and returns when it is ready. */
    static Program dev(Path data, String... options) throws IOException {
        return dev(data, Map.of(), options);
    }

    /** The same with variables of its environment. */
    static Program dev(Path data, Map<String, String> environment, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("dev", "--data", data.toString(),
                "--http-port", "0", "--kafka-port", "0", "--postgres-port", "0", "--redis-port", "0"));
        arguments.addAll(List.of(options));
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "program", ".out");
        Process process = launch(output, arguments, environment);
        try {
            return new Program(data, output, process);
        } catch (RuntimeException | Error e) {
            process.destroy();
            throw e;
        }
    }

    /** One that keeps its files in the bucket, which stays open. */
    static Program on(Bucket bucket, Path data) throws IOException {
        Program program = dev(data, bucket.environment());
        program.bucket = bucket;
        return program;
    }

    /** Runs a command to its end; answers its status. */
    static int run(Path output, String... arguments) throws IOException, InterruptedException {
        return run(output, Map.of(), arguments);
    }

    /** The same with variables of its environment. */
    static int run(Path output, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Process process = launch(output, List.of(arguments), environment);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("It does not end: " + String.join(" ", arguments));
        }
        return process.exitValue();
    }

    private static Process launch(Path output, List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Xmx768m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(SOON_LET_GO);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The line of its output that fits, once it is there. */
    Matcher awaitLine(Pattern pattern) {
        return await().alias("a line like " + pattern + " in " + output)
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Matcher matcher = pattern.matcher(Files.readString(output));
                    if (!matcher.find()) {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("It has ended: " + Files.readString(output));
                        }
                        return null;
                    }
                    return matcher;
                }, matcher -> matcher != null);
    }

    @Override
    List<String> stored() throws IOException {
        return bucket == null ? super.stored() : bucket.everything();
    }

    /** Where its output goes. */
    Path output() {
        return output;
    }

    Process process() {
        return process;
    }

    /** Every process that belongs to it. */
    List<ProcessHandle> family() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
    }

    /** The process of a service; only with {@code --processes}. */
    ProcessHandle service(String application) {
        return process.descendants()
                .filter(each -> commandLine(each).contains(application))
                .findFirst()
                .orElseThrow();
    }

    /** Whole, however long its class path is. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }

    @Override
    Calls calls() {
        return calls;
    }

    @Override
    String kafka() {
        return kafka;
    }

    @Override
    Path data() {
        return data;
    }

    @Override
    Connection database() throws SQLException {
        String password = Secrets.keptIn(data.resolve("postgresql/password"));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/mediasaga".formatted(postgresPort), "postgres", password);
    }

    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
        calls.close();
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

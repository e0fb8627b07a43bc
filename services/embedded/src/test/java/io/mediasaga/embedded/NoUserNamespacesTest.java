package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Root without user namespaces: a process that does not find the program that makes them. Only root can try it. */
@Timeout(900)
class NoUserNamespacesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void onlyForRoot() throws IOException {
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "this is not root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------")); // nobody gets there but root
    }

    @Test
    void postgresRunsAsNobodyInAFolderThatOnlyRootGetsTo() throws Exception {
        Path data = folder.resolve("data");
        assertThat(inAProcessThatFinds("setpriv", "true", "sh", "id", "kill")).contains("1 row, by user 65534");
        assertThat(owner(data)).isEqualTo(65534);
        // Where there are namespaces again, its data go on, and the other way round.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(data))) {
            assertThat(addRow(postgres)).isEqualTo(2);
        }
        assertThat(inAProcessThatFinds("setpriv", "true", "sh", "id", "kill")).contains("3 row, by user 65534");
    }

    @Test
    void whereNothingHelpsItIsSaidWhatDoes() throws Exception {
        assertThat(inAProcessThatFinds("true", "sh", "id", "kill"))
                .contains("PostgreSQL does not run as root", "setpriv", "start this as another user");
    }

    private static int owner(Path data) throws IOException {
        return (Integer) Files.getAttribute(data.resolve("cluster"), "unix:uid");
    }

    private String inAProcessThatFinds(String... programs) throws IOException, InterruptedException {
        Path path = Files.createDirectories(folder.resolve("programs-" + programs.length));
        for (String program : programs) {
            for (String place : List.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/")) {
                if (Files.isExecutable(Path.of(place + program)) && !Files.exists(path.resolve(program))) {
                    Files.createSymbolicLink(path.resolve(program), Path.of(place + program));
                }
            }
        }
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("java.class.path"), AddsARow.class.getName(), folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", path.toString());
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output);
    }

    private static int addRow(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = postgres.superuser(EmbeddedPostgres.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (value int)");
            statement.execute("INSERT INTO kept VALUES (1)");
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** A platform, as far as its database goes. */
    static final class AddsARow {
        private AddsARow() {}

        public static void main(String[] args) throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(Path.of(args[0])))) {
                System.out.println(addRow(postgres) + " row, by user "
                        + Files.getAttribute(Path.of("/proc", Long.toString(postgres.pid())), "unix:uid"));
                postgres.kill();
                postgres.restart();
            }
        }
    }
}

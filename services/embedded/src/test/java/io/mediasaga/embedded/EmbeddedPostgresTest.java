package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class EmbeddedPostgresTest {

    @TempDir
    Path directory;

    @Test
    void commitsAreDurable() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(directory)
                .with("fsync", "off")
                .with("synchronous_commit", "off")
                .with("shared_buffers", "32MB"))) {
            assertThat(postgres.show("fsync")).isEqualTo("on");
            assertThat(postgres.show("synchronous_commit")).isEqualTo("on");
            assertThat(postgres.show("full_page_writes")).isEqualTo("on");
            assertThat(postgres.show("shared_buffers")).isEqualTo("32MB");
            assertThat(postgres.show("max_connections")).isEqualTo("300");
            assertThat(postgres.show("server_version")).startsWith("18");
        }
    }

    @Test
    void whatIsCommittedOutlivesKill() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            execute(postgres, "CREATE TABLE kept (value int)");
            execute(postgres, "INSERT INTO kept VALUES (42)");
            postgres.kill();
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).exists();

        try (EmbeddedPostgres again = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            assertThat(number(again, "SELECT value FROM kept")).isEqualTo(42);
        }
    }

    @Test
    void aStalePidThatBelongsToAnotherProcessNowIsNoObstacle() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            postgres.kill();
        }
        Path pidFile = directory.resolve("cluster/postmaster.pid");
        String content = Files.readString(pidFile);
        String mine = String.valueOf(ProcessHandle.current().pid());
        Files.writeString(pidFile, mine + content.substring(content.indexOf('\n')));

        try (EmbeddedPostgres again = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            assertThat(number(again, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void aServiceReachesItsOwnSchemaAndNothingElse() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            ServiceDatabase media = postgres.createServiceRole("media", "secret'1");
            ServiceDatabase quota = postgres.createServiceRole("quota", "secret2");
            try (Connection connection = connect(media)) {
                connection.createStatement().execute("CREATE TABLE asset (id text)");
                connection.createStatement().execute("INSERT INTO media.asset VALUES ('a1')");
            }
            try (Connection connection = connect(quota)) {
                var statement = connection.createStatement();
                assertThatThrownBy(() -> statement.execute("SELECT * FROM media.asset"))
                        .hasMessageContaining("permission denied for schema media");
                assertThatThrownBy(() -> statement.execute("CREATE TABLE public.other (id text)"))
                        .hasMessageContaining("permission denied for schema public");
                assertThatThrownBy(() -> statement.execute("CREATE SCHEMA other"))
                        .hasMessageContaining("permission denied for database mediasaga");
                assertThatThrownBy(() -> statement.execute("CREATE ROLE other"))
                        .hasMessageContaining("permission denied to create role");
            }
            assertThatThrownBy(() -> connect(new ServiceDatabase(postgres.jdbcUrl("postgres"), "media", "secret'1")))
                    .hasMessageContaining("permission denied for database");
            assertThatThrownBy(() -> connect(new ServiceDatabase(media.url(), "media", "wrong")))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aRoleMadeAgainKeepsItsDataAndTakesTheNewPassword() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            try (Connection connection = connect(postgres.createServiceRole("media", "old"))) {
                connection.createStatement().execute("CREATE TABLE asset (id text)");
            }
            try (Connection connection = connect(postgres.createServiceRole("media", "new"))) {
                assertThat(connection.createStatement().execute("SELECT * FROM asset")).isTrue();
            }
            assertThatThrownBy(() -> postgres.createServiceRole("me dia", "x"))
                    .hasMessageContaining("'me dia' must be lower-case letters");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PostgresOptions options = PostgresOptions.in(directory).withPort(taken.getLocalPort());
            assertThatExceptionOfType(PortInUseException.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(options))
                    .withMessageContaining("Port " + taken.getLocalPort() + " for PostgreSQL is in use")
                    .matches(e -> e.port() == taken.getLocalPort());
        }
    }

    @Test
    void aFolderInUseIsNamed() {
        PostgresOptions options = PostgresOptions.in(directory);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options)) {
            assertThat(postgres.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedPostgres.start(options))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining(directory + " is in use by another running server");
            assertThat(ProcessHandle.of(postgres.pid())).isPresent();
        }
    }

    private static Connection connect(ServiceDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.superuser(EmbeddedPostgres.DATABASE)) {
            connection.createStatement().execute(sql);
        }
    }

    private static int number(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.superuser(EmbeddedPostgres.DATABASE);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}

package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 18 of our own, durable: fsync and synchronous_commit are on. It comes up again on the same folder after any
 * end, kill -9 included. Database {@value #DATABASE} is there from the start. Passwords are asked of everyone.
 *
 * <p>Safe for use from several threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The database that the services share, each with a schema of its own. */
    public static final String DATABASE = "mediasaga";

    static final String SUPERUSER = "postgres";

    private final PostgresCluster cluster;
    private final DirectoryLock lock;
    private final int port;
    private final PostgresOptions options;
    private final String password;
    private @Nullable Guard guard;

    private EmbeddedPostgres(
            PostgresCluster cluster, DirectoryLock lock, int port, PostgresOptions options, String password) {
        this.cluster = cluster;
        this.lock = lock;
        this.port = port;
        this.options = options;
        this.password = password;
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @throws PortInUseException when something else listens on the port
     * @throws EmbeddedServerException when it does not start for another reason, or the folder is in use
     */
    public static EmbeddedPostgres start(PostgresOptions options) {
        QuietLogs.apply();
        Path directory = Directories.create(options.directory().toAbsolutePath());
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            PostgresCluster cluster = new PostgresCluster(directory);
            cluster.stop(); // left behind by a process that was killed
            int port = Ports.claim("PostgreSQL", options.port());
            String password = Secrets.keptIn(directory.resolve("password"));
            cluster.initialize(password);
            EmbeddedPostgres postgres = new EmbeddedPostgres(cluster, lock, port, options, password);
            cluster.start(port, options.effective());
            postgres.afterStart();
            return postgres;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void afterStart() {
        guard = Guard.over(pid(), "INT");
        try {
            List.of("fsync", "synchronous_commit", "full_page_writes").forEach(this::requireOn);
            new PostgresRoles(this).closeToThePublic();
            createDatabase(DATABASE);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void requireOn(String setting) {
        if (!"on".equals(show(setting))) {
            throw new EmbeddedServerException("PostgreSQL runs with " + setting + " off, so commits would not be durable");
        }
    }

    /** The server's value of a setting, as {@code SHOW} prints it. */
    public String show(String setting) {
        try (Connection connection = superuser("postgres");
                var statement = connection.prepareStatement("SELECT current_setting(?)")) {
            statement.setString(1, setting);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new EmbeddedServerException("Cannot read PostgreSQL's setting " + setting + ": " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The server's process. */
    public long pid() {
        return cluster.processes().server().map(ProcessHandle::pid).orElseThrow(
                () -> new EmbeddedServerException("PostgreSQL does not run; its log is " + cluster.log()));
    }

    /** JDBC address of {@value #DATABASE}, without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** JDBC address of a database, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** A connection with all rights, for setting up and for looking at everything in tests. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
    }

    /** Makes a database that nobody but the roles made for it can connect to. Nothing happens when it exists. */
    public void createDatabase(String database) {
        new PostgresRoles(this).createDatabase(database);
    }

    /** A service's role and schema in {@value #DATABASE}; see {@link #createServiceRole(String, String, String)}. */
    public ServiceDatabase createServiceRole(String service, String servicePassword) {
        return createServiceRole(DATABASE, service, servicePassword);
    }

    /**
     * Makes a login role and a schema of the same name that it owns and works in by default. It has no rights beyond that
     * schema. When the role exists it gets the password.
     *
     * @param service lower-case letters, digits and underscores
     */
    public ServiceDatabase createServiceRole(String database, String service, String servicePassword) {
        new PostgresRoles(this).createService(database, service, servicePassword);
        return new ServiceDatabase(jdbcUrl(database), service, servicePassword);
    }

    /** Kills the server and all of its processes as a power cut would, for tests of what comes after. */
    public void kill() {
        cluster.processes().kill();
    }

    /**
     * Starts the server again on its port and data, after {@link #kill()} or while it runs, and returns when it takes
     * connections.
     *
     * @throws EmbeddedServerException when it does not start, or has been closed
     */
    public synchronized void restart() {
        if (guard == null) {
            throw new EmbeddedServerException("This PostgreSQL has been closed; start a new one on its folder");
        }
        cluster.stop();
        guard.close();
        cluster.start(port, options.effective());
        guard = Guard.over(pid(), "INT");
    }

    /** Stops the server in good order; its data stay. */
    @Override
    public synchronized void close() {
        if (guard == null) {
            return;
        }
        try {
            cluster.stop();
        } finally {
            guard.close();
            guard = null;
            lock.close();
        }
    }
}

package io.mediasaga.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Databases, roles and schemas. */
final class PostgresRoles {

    /** Such names need no quoting anywhere. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final EmbeddedPostgres postgres;

    PostgresRoles(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** The databases that PostgreSQL comes with are open to every role by default. */
    void closeToThePublic() {
        try (Connection connection = postgres.superuser("postgres")) {
            execute(connection, "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
        } catch (SQLException e) {
            throw new EmbeddedServerException("Cannot close PostgreSQL's own databases: " + e.getMessage(), e);
        }
    }

    void createDatabase(String database) {
        require(database, "database");
        try (Connection connection = postgres.superuser("postgres")) {
            if (exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                return;
            }
            execute(connection, "CREATE DATABASE " + database);
            execute(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        } catch (SQLException e) {
            throw new EmbeddedServerException("Cannot make the database " + database + ": " + e.getMessage(), e);
        }
        try (Connection connection = postgres.superuser(database)) {
            execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
            execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        } catch (SQLException e) {
            throw new EmbeddedServerException("Cannot set up the database " + database + ": " + e.getMessage(), e);
        }
    }

    void createService(String database, String service, String password) {
        require(service, "service");
        if (password.isBlank() || password.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The password of role " + service + " is blank");
        }
        try (Connection connection = postgres.superuser(database)) {
            connection.setAutoCommit(false);
            lock(connection, service);
            String verb = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", service) ? "ALTER" : "CREATE";
            execute(connection, """
                    %s ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '%s'"""
                    .formatted(verb, service, password.replace("'", "''")));
            execute(connection, "CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s".formatted(service, service));
            execute(connection, "GRANT CONNECT ON DATABASE %s TO %s".formatted(database, service));
            execute(connection, "ALTER ROLE %s IN DATABASE %s SET search_path = %s".formatted(service, database, service));
            connection.commit();
        } catch (SQLException e) {
            throw new EmbeddedServerException(
                    "Cannot make role and schema " + service + " in database " + database + ": " + e.getMessage(), e);
        }
    }

    /** Two that make the same role at one time would collide in the catalog. */
    private static void lock(Connection connection, String service) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtext('role'), hashtext(?))")) {
            statement.setString(1, service);
            statement.execute();
        }
    }

    private static void require(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The %s name '%s' must be lower-case letters, digits and underscores".formatted(what, name));
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package io.mediasaga.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A database of its own for one test or one set of services that belong together.
 *
 * @see EmbeddedServers#newDatabase()
 */
public final class TestDatabase {

    /** Roles are shared by all databases of a server, so one password has to do for all tests. */
    private static final String PASSWORD = "for-tests-only";

    private final EmbeddedServers servers;
    private final String name;

    TestDatabase(EmbeddedServers servers, String name) {
        this.servers = servers;
        this.name = name;
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** Makes the service's role and schema, as the platform does it. */
    public ServiceDatabase service(String service) {
        return servers.postgres().createServiceRole(name, service, PASSWORD);
    }

    /** The Spring properties by which the service finds its schema, Kafka and Redis. */
    public Map<String, String> properties(String service) {
        return servers.properties(service(service));
    }

    /** A connection with all rights, for looking at everything. */
    public Connection superuser() throws SQLException {
        return servers.postgres().superuser(name);
    }
}

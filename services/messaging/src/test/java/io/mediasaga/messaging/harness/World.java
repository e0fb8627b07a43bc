package io.mediasaga.messaging.harness;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A service of its own name (so of its own consumer group, dead letters and database) with any number of replicas, the
 * script of its handlers, and a foreign Kafka client. It takes no notice of what was on the topics before.
 */
public final class World implements AutoCloseable {

    private final String service = "parcels_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final SuperuserConnections superuser;
    private final Map<String, String> properties = new HashMap<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final Script script = new Script();
    private final Kafka kafka;
    private final JdbcTemplate sql;

    /** Where one looks at everything. */
    @FunctionalInterface
    public interface SuperuserConnections {
        Connection open() throws SQLException;
    }

    /** On the servers that all tests share. */
    public World() {
        TestDatabase database = EmbeddedServers.shared().newDatabase();
        superuser = database::superuser;
        properties.putAll(database.properties(service));
        kafka = new Kafka(EmbeddedServers.shared().kafka().bootstrapServers());
        sql = new JdbcTemplate(superuser());
        begin();
        makeTopics();
    }

    /** On servers of its own; the topics are left to the service. */
    public World(Function<String, Map<String, String>> propertiesOfService, SuperuserConnections superuser) {
        this.superuser = superuser;
        properties.putAll(propertiesOfService.apply(service));
        kafka = new Kafka(Objects.requireNonNull(properties.get("spring.kafka.bootstrap-servers")));
        sql = new JdbcTemplate(superuser());
        begin();
    }

    private void begin() {
        properties.put("spring.config.name", "parcels");
        properties.put("spring.application.name", service);
    }

    private void makeTopics() {
        kafka.create(Parcels.TOPICS);
        kafka.create(List.of(deadLetters()));
        kafka.beginNow(service, Parcels.TOPICS);
        kafka.beginNow(service + ".raw", List.of(Parcels.RAW));
    }

    private DataSource superuser() {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = superuser.open();
                connection.setSchema(service);
                return connection;
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    /** A setting of the replicas that are started from now on; names of the library's settings without their prefix. */
    public World with(String setting, Object value) {
        properties.put(setting.startsWith("spring.") ? setting : "mediasaga.messaging." + setting, value.toString());
        return this;
    }

    /** One more replica. */
    public Replica start(Class<?>... more) {
        Replica replica = Replica.start(properties, script, more);
        replicas.add(replica);
        return replica;
    }

    public Script script() {
        return script;
    }

    public Kafka kafka() {
        return kafka;
    }

    /** SQL with all rights, in the service's schema. */
    public JdbcTemplate sql() {
        return sql;
    }

    public String service() {
        return service;
    }

    /** The service's dead-letter topic. */
    public String deadLetters() {
        return "deadletters." + service;
    }

    /** How often the step's handler has had its effect for the saga. */
    public int effects(String sagaId, String step) {
        return count("SELECT count(*) FROM parcel WHERE saga_id = ? AND step = ?", sagaId, step);
    }

    /** The number that the query answers. */
    public int count(String query, Object... parameters) {
        Integer count = sql.queryForObject(query, Integer.class, parameters);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        kafka.close();
    }
}

package io.mediasaga.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers that a test takes away and brings back, each at the same port. For one thread. */
public final class OwnServers implements AutoCloseable {

    private final Path directory;
    private final int kafkaPort = Ports.claim("Kafka", 0);
    private final int redisPort = Ports.claim("Redis", 0);
    private EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedRedis redis;

    /** Only PostgreSQL runs at first. */
    public OwnServers(Path directory) {
        this.directory = directory;
        postgres = EmbeddedPostgres.start(PostgresOptions.in(directory.resolve("postgresql")));
    }

    /** The settings that make a service use these servers, with a schema and a role of its own. */
    public Map<String, String> properties(String service) {
        ServiceDatabase database = postgres.createServiceRole(service, "for-tests-only");
        var properties = new HashMap<String, String>();
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.kafka.bootstrap-servers", kafka());
        properties.put("spring.data.redis.host", "127.0.0.1");
        properties.put("spring.data.redis.port", Integer.toString(redisPort));
        return properties;
    }

    /** A connection with all rights. */
    public Connection superuser() throws SQLException {
        return postgres.superuser(EmbeddedPostgres.DATABASE);
    }

    /** As a power cut would. */
    public void killPostgres() {
        postgres.kill();
        postgres.close();
    }

    public void startPostgres() {
        postgres = EmbeddedPostgres.start(
                PostgresOptions.in(directory.resolve("postgresql")).withPort(postgres.port()));
    }

    /** What clients take as {@code bootstrap.servers}, also while Kafka is not there. */
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("kafka")).withPort(kafkaPort));
    }

    public void stopKafka() {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }

    public void startRedis() {
        redis = EmbeddedRedis.start(RedisOptions.defaults().withPort(redisPort));
    }

    public void stopRedis() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }

    @Override
    public void close() {
        stopKafka();
        stopRedis();
        postgres.close();
    }
}

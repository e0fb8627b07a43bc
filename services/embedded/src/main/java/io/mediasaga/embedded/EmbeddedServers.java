package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One PostgreSQL, Kafka and Redis for all tests of a JVM, on free ports, in a temporary folder that goes with them.
 *
 * <p>In a test of a service:
 * <pre>{@code
 * static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();
 *
 * @DynamicPropertySource
 * static void servers(DynamicPropertyRegistry registry) {
 *     DATABASE.properties("media").forEach((name, value) -> registry.add(name, () -> value));
 * }
 * }</pre>
 *
 * <p>Safe for use from several threads.
 */
public final class EmbeddedServers implements AutoCloseable {

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final EmbeddedRedis redis;
    private final AtomicInteger databases = new AtomicInteger();

    private EmbeddedServers(Path directory) {
        this.directory = directory;
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var startingPostgres = CompletableFuture.supplyAsync(
                    () -> EmbeddedPostgres.start(PostgresOptions.in(directory.resolve("postgresql"))), threads);
            var startingKafka = CompletableFuture.supplyAsync(
                    () -> EmbeddedKafka.start(KafkaOptions.in(directory.resolve("kafka"))), threads);
            redis = EmbeddedRedis.start(RedisOptions.defaults());
            postgres = startingPostgres.join();
            kafka = startingKafka.join();
        } catch (CompletionException e) {
            throw new EmbeddedServerException("The servers for tests do not start: " + e.getCause().getMessage(), e);
        }
    }

    /** The servers of this JVM; the first call starts them, the end of the JVM stops them. */
    public static EmbeddedServers shared() {
        return Shared.SERVERS;
    }

    private static final class Shared {
        static final EmbeddedServers SERVERS = startShared();

        private static EmbeddedServers startShared() {
            EmbeddedServers servers = start();
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop-embedded-servers"));
            return servers;
        }
    }

    /** Servers that the caller closes, for tests that take servers away. */
    public static EmbeddedServers start() {
        try {
            return new EmbeddedServers(Files.createTempDirectory("mediasaga-test-"));
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    public EmbeddedPostgres postgres() {
        return postgres;
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    /** A database of its own on the shared PostgreSQL: empty, whatever other tests have done. */
    public TestDatabase newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        postgres.createDatabase(name);
        return new TestDatabase(this, name);
    }

    /** Address, role and password of a service in a database of its own. */
    public ServiceDatabase serviceUrl(String service) {
        return newDatabase().service(service);
    }

    Map<String, String> properties(ServiceDatabase database) {
        Map<String, String> properties = new HashMap<>();
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
        properties.put("spring.data.redis.host", redis.host());
        properties.put("spring.data.redis.port", String.valueOf(redis.port()));
        return properties;
    }

    /** Stops the servers and deletes their data. */
    @Override
    public void close() {
        for (Supplier<AutoCloseable> server : java.util.List.<Supplier<AutoCloseable>>of(
                this::kafka, this::redis, this::postgres)) {
            try {
                server.get().close();
            } catch (Exception e) {
                System.err.println("Cannot stop a server of the tests: " + e.getMessage());
            }
        }
        Directories.delete(directory);
    }
}

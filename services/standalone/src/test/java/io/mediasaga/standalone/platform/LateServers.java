package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.DirectoryLock;
import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.EmbeddedRedis;
import io.mediasaga.embedded.KafkaOptions;
import io.mediasaga.embedded.Ports;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.embedded.RedisOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A platform whose services are started while none of its servers is there. */
public final class LateServers implements AutoCloseable {

    private final DataFolder data;
    private final DirectoryLock lock;
    private final PlatformPorts ports;
    private final CompletableFuture<ServicesInOneJvm> services;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedRedis redis;

    private LateServers(
            DataFolder data, DirectoryLock lock, PlatformPorts ports, Map<ServiceSpec, Map<String, String>> settings) {
        this.data = data;
        this.lock = lock;
        this.ports = ports;
        this.services = CompletableFuture.supplyAsync(
                () -> ServicesInOneJvm.start(data, Ports.claim("HTTP", 0), settings), Thread.ofPlatform().daemon()::start);
    }

    /** Begins to start the services. The servers have been there once, to make the services' roles. */
    public static LateServers begin(Path folder) {
        DataFolder data = DataFolder.at(folder).prepare();
        DirectoryLock lock = DirectoryLock.take(data.root());
        FileLogging.begin(data);
        data.token();
        Map<ServiceSpec, Map<String, String>> settings = new LinkedHashMap<>();
        PlatformPorts ports;
        try (Servers servers = Servers.start(data, PlatformPorts.FREE)) {
            ServiceSettings all = new ServiceSettings(data, servers, PlatformOptions.in(folder));
            ServiceSpec.ALL.forEach(service -> settings.put(service, all.of(service)));
            ports = new PlatformPorts(
                    0, servers.kafka().port(), servers.postgres().port(), servers.redis().port());
        }
        return new LateServers(data, lock, ports, settings);
    }

    /** Done when all services have started. */
    public CompletableFuture<?> services() {
        return services;
    }

    public void startPostgres() {
        postgres = EmbeddedPostgres.start(PostgresOptions.in(data.path("postgresql")).withPort(ports.postgres()));
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(KafkaOptions.in(data.path("kafka")).withPort(ports.kafka()));
    }

    public void startRedis() {
        redis = EmbeddedRedis.start(RedisOptions.defaults().withPort(ports.redis()));
    }

    /** The platform; who closes it need not close this. */
    public Platform platform() {
        EmbeddedPostgres database = Objects.requireNonNull(postgres);
        EmbeddedKafka broker = Objects.requireNonNull(kafka);
        EmbeddedRedis cache = Objects.requireNonNull(redis);
        return new Platform(data, lock, new Servers(database, broker, cache), services.join());
    }

    /** Where the HTTP interface is, once the services have started. */
    public String address() {
        return "http://127.0.0.1:" + services.join().port();
    }

    public String token() {
        return data.token();
    }

    @Override
    public void close() {
        if (services.isDone() && !services.isCompletedExceptionally()) {
            services.join().close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        lock.close();
    }
}

package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.DirectoryLock;
import io.mediasaga.embedded.EmbeddedServerException;
import io.mediasaga.embedded.Ports;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running platform: PostgreSQL, Kafka, Redis and the services, all on this machine. Closing it stops everything in good
 * order; its data stay.
 */
public final class Platform implements AutoCloseable {

    private final DataFolder data;
    private final DirectoryLock lock;
    private final Servers servers;
    private final Services services;

    Platform(DataFolder data, DirectoryLock lock, Servers servers, Services services) {
        this.data = data;
        this.lock = lock;
        this.servers = servers;
        this.services = services;
    }

    /**
     * Starts everything and returns when requests are served.
     *
     * @param tell is told of each thing that is ready, in a line
     * @throws io.mediasaga.embedded.PortInUseException when a port is taken
     * @throws DataFolderException when the folder cannot be used
     * @throws ServiceFailedException when a service does not start
     */
    public static Platform start(PlatformOptions options, Consumer<String> tell) {
        DataFolder data = DataFolder.at(options.data());
        DirectoryLock lock = lock(data, options.fresh());
        try {
            FileLogging.begin(data);
            int http = Ports.claim("HTTP", options.ports().http());
            Servers servers = Servers.start(data, options.ports());
            tell.accept("PostgreSQL on port %d, Kafka on %d, Redis on %d"
                    .formatted(servers.postgres().port(), servers.kafka().port(), servers.redis().port()));
            return start(options, tell, data, lock, http, servers);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Platform start(
            PlatformOptions options, Consumer<String> tell, DataFolder data, DirectoryLock lock, int http, Servers servers) {
        try {
            data.token();
            ServiceSettings settings = new ServiceSettings(data, servers, options);
            Map<ServiceSpec, Map<String, String>> all = new LinkedHashMap<>();
            ServiceSpec.ALL.forEach(service -> all.put(service, settings.of(service)));
            all.get(ServiceSpec.ALL.getFirst()).putAll(ServiceSettings.ofConsole(http));
            Services services = options.processes()
                    ? ServicesInProcesses.start(data, http, all, tell)
                    : ServicesInOneJvm.start(data, http, all);
            Platform platform = new Platform(data, lock, servers, services);
            data.noteRunning(platform.address());
            return platform;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private static DirectoryLock lock(DataFolder data, boolean fresh) {
        DirectoryLock lock = take(data.prepare());
        if (!fresh) {
            return lock;
        }
        data.drop(); // while nobody else can use it
        lock.close();
        return take(data.prepare());
    }

    private static DirectoryLock take(DataFolder data) {
        try {
            return DirectoryLock.take(data.root());
        } catch (EmbeddedServerException e) {
            String address = data.running().map(RunningPlatform::address).orElse("another process");
            throw new DataFolderException(
                    "A platform runs already on %s (%s); stop it with ./mediasaga down, or choose another folder with --data"
                            .formatted(data.root(), address), e);
        }
    }

    /** Where the HTTP interface is, as in {@code http://127.0.0.1:8080}. */
    public String address() {
        return "http://127.0.0.1:" + services.port();
    }

    /** The token of the HTTP interface. */
    public String token() {
        return data.token();
    }

    /** What Kafka clients take as {@code bootstrap.servers}. */
    public String kafka() {
        return servers.kafka().bootstrapServers();
    }

    /** Where everything is kept. */
    public DataFolder data() {
        return data;
    }

    /** The database, for looking at it. */
    public io.mediasaga.embedded.EmbeddedPostgres postgres() {
        return servers.postgres();
    }

    /** For tests that take servers away. */
    Servers servers() {
        return servers;
    }

    /** For tests that take services away. */
    Services services() {
        return services;
    }

    @Override
    public void close() {
        try {
            services.close();
        } finally {
            servers.close();
            data.noteStopped();
            lock.close();
        }
    }
}

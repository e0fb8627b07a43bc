package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a platform is to be started. */
final class PlatformOption {

    private static final double CHAOS_SHARE = 0.2;

    @Option(names = "--data", paramLabel = "DIR", description = "folder that keeps everything (default: ${DEFAULT-VALUE})",
            defaultValue = ".mediasaga")
    private Path data = Path.of(".mediasaga");

    @Option(names = "--fresh", description = "begin with nothing: what the folder keeps is deleted")
    private boolean fresh;

    @Option(names = "--processes", description = "each service as a process of its own")
    private boolean processes;

    @Option(names = "--chaos", description = "let 20 %% of the outbox's sends fail; nothing may be lost by it")
    private boolean chaos;

    @Option(names = "--http-port", paramLabel = "N", description = "HTTP, on 127.0.0.1 as all (default: ${DEFAULT-VALUE}; 0 takes a free one)",
            defaultValue = "8080")
    private int http;

    @Option(names = "--kafka-port", paramLabel = "N", description = "Kafka (default: ${DEFAULT-VALUE})", defaultValue = "9092")
    private int kafka;

    @Option(names = "--postgres-port", paramLabel = "N", description = "PostgreSQL (default: ${DEFAULT-VALUE})", defaultValue = "5432")
    private int postgres;

    @Option(names = "--redis-port", paramLabel = "N", description = "Redis (default: ${DEFAULT-VALUE})", defaultValue = "6379")
    private int redis;

    PlatformOptions options() {
        PlatformPorts ports = new PlatformPorts(
                checked("http", http), checked("kafka", kafka), checked("postgres", postgres), checked("redis", redis));
        return new PlatformOptions(data, fresh, processes, ports, chaos ? CHAOS_SHARE : 0);
    }

    private static int checked(String server, int port) {
        if (port < 0 || port > 65535) {
            throw new UsageException("--%s-port is %d; a port is 1 to 65535, or 0 for a free one".formatted(server, port));
        }
        return port;
    }
}

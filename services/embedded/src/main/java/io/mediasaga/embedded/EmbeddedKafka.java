package io.mediasaga.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this process, its own controller (KRaft). Topics are not made by themselves. Its log is kept in its
 * folder, and it comes up again on it after any end.
 *
 * <p>Safe for use from several threads.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final DirectoryLock lock;
    private final int port;
    private final KafkaRaftServer server;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private EmbeddedKafka(DirectoryLock lock, int port, KafkaRaftServer server) {
        this.lock = lock;
        this.port = port;
        this.server = server;
    }

    /**
     * Starts the broker and returns when it takes connections.
     *
     * @throws PortInUseException when something else listens on the port
     * @throws EmbeddedServerException when it does not start for another reason, or the folder is in use
     */
    public static EmbeddedKafka start(KafkaOptions options) {
        QuietLogs.apply();
        Path directory = Directories.create(options.directory().toAbsolutePath());
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            int port = Ports.claim("Kafka", options.port());
            Path logs = directory.resolve("log");
            Map<String, String> settings = options.effective(logs, port, Ports.claim("Kafka's controller", 0));
            format(logs);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            startup(server, directory);
            return new EmbeddedKafka(lock, port, server);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void startup(KafkaRaftServer server, Path directory) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new EmbeddedServerException("Kafka does not start on " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void format(Path logs) {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Directories.delete(logs); // what an interrupted formatting left
        Directories.create(logs);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setUnstableFeatureVersionsEnabled(false)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .run();
        } catch (Exception e) {
            throw new EmbeddedServerException("Cannot format Kafka's folder " + logs + ": " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker in good order; its data stay. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } finally {
                lock.close();
            }
        }
    }
}

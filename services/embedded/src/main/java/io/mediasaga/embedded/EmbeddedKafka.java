package io.mediasaga.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this process, its own controller (KRaft). Topics are not made by themselves. Its log is kept in its
 * folder, and it comes up again on it after any end.
 *
 * <p>Safe for use from several threads.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final DirectoryLock lock;
    private final int port;
    private final KafkaOptions options;
    private @Nullable KafkaRaftServer server;
    private boolean open = true;

    private EmbeddedKafka(DirectoryLock lock, int port, KafkaOptions options, KafkaRaftServer server) {
        this.lock = lock;
        this.port = port;
        this.options = options;
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
            return new EmbeddedKafka(lock, port, options, run(options, directory, port));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static KafkaRaftServer run(KafkaOptions options, Path directory, int port) {
        Path logs = directory.resolve("log");
        Map<String, String> settings = options.effective(logs, port, Ports.claim("Kafka's controller", 0));
        format(logs);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
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

    /** Takes the broker away for a while; {@link #restart()} brings it back. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /**
     * Starts the broker again on its port and data and returns when it takes connections.
     *
     * @throws EmbeddedServerException when it does not start, or has been closed
     */
    public synchronized void restart() {
        if (!open) {
            throw new EmbeddedServerException("This Kafka has been closed; start a new one on its folder");
        }
        stop();
        server = run(options, options.directory().toAbsolutePath(), port);
    }

    /** Stops the broker in good order; its data stay. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            try {
                stop();
            } finally {
                lock.close();
            }
        }
    }
}

package io.mediasaga.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A Redis that keeps nothing on disk. Safe for use from several threads. */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final int port;
    private final RedisOptions options;
    private Process process;
    private @Nullable Guard guard;

    private EmbeddedRedis(int port, RedisOptions options) {
        this.port = port;
        this.options = options;
        this.process = run();
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @throws PortInUseException when something else listens on the port
     * @throws EmbeddedServerException when it does not start for another reason
     */
    public static EmbeddedRedis start(RedisOptions options) {
        return new EmbeddedRedis(Ports.claim("Redis", options.port()), options);
    }

    private Process run() {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(List.of(program().toString(), "--port", String.valueOf(port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--daemonize", "no", "--loglevel", "warning",
                "--maxmemory", options.maxMemory(), "--maxmemory-policy", "allkeys-lru"));
        try {
            Path log = Files.createTempFile("mediasaga-redis", ".log");
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            guard = Guard.over(started.pid(), "TERM");
            awaitReady(started, log);
            Files.delete(log); // it stays open for Redis, which says little more
            return started;
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot run Redis: " + e.getMessage(), e);
        }
    }

    /** Ctrl-C reaches the whole group of the terminal; Redis is to stay until it is stopped here. */
    private static List<String> ownSession() {
        return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
    }

    private static Path program() {
        Path kept = Directories.cache().resolve("redis-server-6.2");
        try {
            if (!Files.isExecutable(kept)) {
                Path unpacked = ExecutableProvider.newJarResourceProvider().get().toPath();
                Path fresh = Files.createTempFile(kept.getParent(), "redis", null);
                Files.copy(unpacked, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                fresh.toFile().setExecutable(true);
                Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(unpacked);
            }
            return kept;
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot unpack Redis into " + kept + ": " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process started, Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                end(started);
                throw new EmbeddedServerException("Redis does not start: " + Files.readString(log).strip());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) START.toMillis());
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** The host that it listens on. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The server's process. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Kills the server, for tests of what comes after. */
    public synchronized void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Starts the server again on its port, with nothing in it, and returns when it takes connections.
     *
     * @throws EmbeddedServerException when it does not start, or has been closed
     */
    public synchronized void restart() {
        if (guard == null) {
            throw new EmbeddedServerException("This Redis has been closed; start a new one");
        }
        end(process);
        process = run();
    }

    /** Stops the server; what it held is gone. */
    @Override
    public synchronized void close() {
        end(process);
    }

    private void end(Process ending) {
        if (guard == null) {
            return;
        }
        ending.destroy();
        try {
            if (!ending.waitFor(5, TimeUnit.SECONDS)) {
                ending.destroyForcibly();
            }
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            guard.close();
            guard = null;
        }
    }
}

package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.Directories;
import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.EmbeddedRedis;
import io.mediasaga.embedded.EmbeddedServerException;
import io.mediasaga.embedded.Ports;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.embedded.RedisOptions;
import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.platform.ServiceJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** PostgreSQL, Kafka and Redis as processes that can be killed and come back on their ports and data. Thread-safe. */
final class ClusterServers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final DataFolder data;
    private final int kafkaPort = Ports.claim("Kafka", 0);
    private final Child kafka;
    private final int postgresPort;
    private final int redisPort;
    private volatile EmbeddedPostgres postgres;
    private EmbeddedRedis redis;

    ClusterServers(DataFolder data) throws InterruptedException {
        this.data = data;
        Directories.create(data.path("logs"));
        List<String> command = new ArrayList<>(ServiceJvm.java());
        command.replaceAll(flag -> flag.startsWith("-Xmx") ? "-Xmx512m" : flag);
        command.addAll(List.of(KafkaMain.class.getName(), data.path("kafka").toString(), String.valueOf(kafkaPort)));
        kafka = new Child("Kafka", command, data.path("logs/kafka.log"));
        kafka.start();
        try {
            postgres = EmbeddedPostgres.start(PostgresOptions.in(data.path("postgresql")));
            postgresPort = postgres.port();
            redis = EmbeddedRedis.start(RedisOptions.defaults());
            redisPort = redis.port();
            awaitKafka();
        } catch (RuntimeException | InterruptedException e) {
            kafka.close();
            throw e;
        }
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    int redisPort() {
        return redisPort;
    }

    /** Kills PostgreSQL; it is back, recovered, when this returns. */
    synchronized void crashPostgres(Duration away) throws InterruptedException {
        postgres.kill();
        postgres.close();
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        postgres = again(() -> EmbeddedPostgres.start(PostgresOptions.in(data.path("postgresql")).withPort(postgresPort)));
    }

    /** Kills Kafka; it is back when this returns. */
    synchronized void crashKafka(Duration away) throws InterruptedException {
        kafka.kill();
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        kafka.start();
        awaitKafka();
    }

    /** Kills Redis; it is back, empty, when this returns. */
    synchronized void crashRedis(Duration away) throws InterruptedException {
        ProcessHandle.of(redis.pid()).ifPresent(ProcessHandle::destroyForcibly);
        redis.close();
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        redis = again(() -> EmbeddedRedis.start(RedisOptions.defaults().withPort(redisPort)));
    }

    /** What was killed may hold its port and memory for a moment longer. */
    private static <T> T again(Supplier<T> start) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return start.get();
            } catch (EmbeddedServerException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private void awaitKafka() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(kafkaPort)) {
            if (kafka.hasDied() || System.nanoTime() > deadline) {
                throw new VerifyException("Kafka does not start; see " + data.path("logs/kafka.log"));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    boolean kafkaDied() {
        return kafka.hasDied();
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable server : List.of(kafka, redis, postgres)) {
            try {
                server.close();
            } catch (Exception e) {
                // the guards end what does not end by itself
            }
        }
    }
}

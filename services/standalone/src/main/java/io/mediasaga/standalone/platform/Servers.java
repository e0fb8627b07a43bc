package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.EmbeddedRedis;
import io.mediasaga.embedded.KafkaOptions;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.embedded.RedisOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, Kafka and Redis of one platform. */
final class Servers implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final EmbeddedRedis redis;

    Servers(EmbeddedPostgres postgres, EmbeddedKafka kafka, EmbeddedRedis redis) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.redis = redis;
    }

    /** Starts them at the same time; when one does not start, the others are stopped again. */
    static Servers start(DataFolder data, PlatformPorts ports) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var postgres = start(threads, () -> EmbeddedPostgres.start(
                    PostgresOptions.in(data.path("postgresql")).withPort(ports.postgres())
                            // Under load a checkpoint a minute would write every page twice, whole.
                            .with("max_wal_size", "2GB").with("checkpoint_timeout", "15min")));
            var kafka = start(threads, () -> EmbeddedKafka.start(KafkaOptions.in(data.path("kafka")).withPort(ports.kafka())));
            var redis = start(threads, () -> EmbeddedRedis.start(RedisOptions.defaults().withPort(ports.redis())));
            try {
                CompletableFuture.allOf(postgres, kafka, redis).join();
                return new Servers(postgres.join(), kafka.join(), redis.join());
            } catch (CompletionException e) {
                stopIfStarted(kafka);
                stopIfStarted(redis);
                stopIfStarted(postgres);
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    private static <T> CompletableFuture<T> start(ExecutorService threads, Supplier<T> server) {
        return CompletableFuture.supplyAsync(server, threads);
    }

    private static void stopIfStarted(CompletableFuture<? extends AutoCloseable> starting) {
        @Nullable Throwable failure = starting.handle((server, e) -> e).join();
        if (failure == null) {
            closeQuietly(starting.join());
        }
    }

    private static void closeQuietly(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            // whatever it is, the next start deals with what was left behind
        }
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    EmbeddedRedis redis() {
        return redis;
    }

    @Override
    public void close() {
        closeQuietly(kafka);
        closeQuietly(redis);
        closeQuietly(postgres);
    }
}

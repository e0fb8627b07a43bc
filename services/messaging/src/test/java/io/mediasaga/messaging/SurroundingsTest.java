package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.OwnServers;
import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.Script;
import io.mediasaga.messaging.harness.World;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.CannotAcquireLockException;

/** Point 3: a server that is away, a deadlock, a serialization failure are nobody's attempt; what was lost comes back. */
class SurroundingsTest {

    private static void eventually(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(50)).pollInSameThread().ignoreExceptions().untilAsserted(assertion);
    }

    private static List<String> sagas(int count) {
        return IntStream.range(0, count).mapToObj(i -> id("s")).toList();
    }

    private static void assertOnce(World world, Reader replies, List<String> sagas) {
        eventually(() -> {
            for (String saga : sagas) {
                assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
                assertThat(replies.of(saga)).isNotEmpty();
            }
        });
        for (String saga : sagas) {
            assertThat(replies.of(saga)).extracting(s -> s.field("message_id")).containsOnly(
                    replies.of(saga).getFirst().field("message_id"));
        }
        assertThat(world.count("SELECT count(*) FROM retry")).isZero();
        assertThat(world.count("SELECT count(*) FROM inbox WHERE status = 'x'")).isZero();
    }

    /** One story, because servers of one's own take a while to start. */
    @Test
    void serversComeLateGoAwayAndComeBack(@TempDir Path directory) throws Exception {
        try (var servers = new OwnServers(directory);
                var world = new World(servers::properties, servers::superuser)) {
            // Neither Kafka nor Redis is there when the service starts; what it wants to send waits.
            Replica replica = world.with("retry.attempts", 1).start();
            String early = id("s");
            replica.inTransaction(() -> replica.bean(Outbox.class)
                    .send(new OutgoingMessage(
                            Parcels.SENT,
                            early,
                            new Envelope(id("m"), early, "Early", "EARLY", Instant.now(), "{}", null, 1, null),
                            null)));

            servers.startKafka();
            eventually(() -> assertThat(world.kafka().ends(List.of(Parcels.SEND, Parcels.SENT))).isNotEmpty());
            var replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
            replies.seekToBeginning();
            replies.awaitOne(early);
            var withoutRedis = sagas(20);
            withoutRedis.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
            assertOnce(world, replies, withoutRedis);

            servers.startRedis();
            var withRedis = sagas(5);
            withRedis.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
            assertOnce(world, replies, withRedis);

            postgresGoesAwayInFlight(servers, world, replies);

            servers.stopRedis();
            var afterRedis = sagas(20);
            afterRedis.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
            assertOnce(world, replies, afterRedis);

            assertThat(replica.bean(Consumption.class).mark().ends()).isNotEmpty();
            servers.stopKafka();
            assertThatThrownBy(() -> replica.bean(Consumption.class).mark()).isInstanceOf(KafkaAwayException.class);
            String meanwhile = id("s");
            replica.inTransaction(() -> replica.bean(Outbox.class)
                    .send(new OutgoingMessage(
                            Parcels.SENT,
                            meanwhile,
                            new Envelope(id("m"), meanwhile, "Meanwhile", "M", Instant.now(), "{}", null, 1, null),
                            null)));
            servers.startKafka();
            replies.awaitOne(meanwhile);
            var afterKafka = sagas(20);
            afterKafka.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
            assertOnce(world, replies, afterKafka);

            // Kafka away does not hold a shutdown up.
            servers.stopKafka();
            long before = System.nanoTime();
            replica.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(2));
        }
    }

    /** With one attempt in all, anything that counted as an attempt would be a dead letter. */
    private static void postgresGoesAwayInFlight(OwnServers servers, World world, Reader replies) throws Exception {
        var inHandler = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var sagas = sagas(30);
        world.script().next(sagas.get(7), (command, work) -> {
            inHandler.countDown();
            goOn.await(3, TimeUnit.MINUTES);
            return Outcome.success();
        });
        sagas.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
        inHandler.await(3, TimeUnit.MINUTES);
        servers.killPostgres();
        goOn.countDown();
        servers.startPostgres();
        assertOnce(world, replies, sagas);
    }

    @Test
    void aServiceStartsBeforeItsDatabase(@TempDir Path directory) throws Exception {
        try (var servers = new OwnServers(directory)) {
            servers.startKafka();
            try (var world = new World(servers::properties, servers::superuser)) {
                world.with("spring.flyway.connect-retries-interval", "1s");
                servers.killPostgres();
                var started = CompletableFuture.supplyAsync(() -> world.start(), task -> Thread.ofVirtual().start(task));
                assertThat(started.isDone()).isFalse();
                servers.startPostgres();
                started.get(3, TimeUnit.MINUTES);

                eventually(() -> assertThat(world.kafka().ends(List.of(Parcels.SENT))).isNotEmpty());
                var replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
                var sagas = sagas(3);
                sagas.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));
                assertOnce(world, replies, sagas);
            }
        }
    }

    @Test
    void deadlocksAndSerializationFailuresAreNoAttempts() {
        try (World world = new World()) {
            world.with("retry.attempts", 1).start();
            var replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
            var sagas = sagas(3);
            Script.Act deadlock = (command, work) -> {
                throw new CannotAcquireLockException("ERROR: deadlock detected");
            };
            Script.Act serialization = (command, work) -> {
                throw new IllegalStateException(new SQLException("could not serialize access", "40001"));
            };
            world.script().next(sagas.get(0), deadlock, deadlock, deadlock, deadlock, deadlock, deadlock);
            world.script().next(sagas.get(1), serialization, serialization);

            sagas.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));

            assertOnce(world, replies, sagas);
            assertThat(world.script().calls(sagas.get(0))).hasSizeGreaterThanOrEqualTo(7);
        }
    }

    @Test
    void aHandlerThatDawdlesInItsTransactionIsToBlameItself() {
        try (World world = new World()) {
            world.with("retry.attempts", 1)
                    .with(
                            "spring.datasource.hikari.data-source-properties.options",
                            "-c idle_in_transaction_session_timeout=3s");
            world.start();
            var replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
            String slow = id("s");
            String quick = id("s");
            world.script().always(slow, (command, work) -> {
                await().until(() -> world.count("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state LIKE 'idle in transaction%'") == 0);
                return Outcome.success();
            });

            world.kafka().sendTo(Parcels.SEND, 0, List.of(send(slow), send(quick)));

            assertThat(replies.awaitOne(slow).text()).contains("DEAD_LETTER");
            assertThat(replies.awaitOne(quick).topic()).isEqualTo(Parcels.SENT);
        }
    }

    @Test
    void whatRedisHasSeenTheDatabaseIsNotAskedFor() {
        try (World world = new World()) {
            // On a busy machine Redis must not count as away.
            Replica replica = world.with("spring.data.redis.timeout", "20s").start();
            String saga = id("s");
            String message = send(saga);
            replica.process(Parcels.SEND, message);
            assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
            // Were the database asked, it would know nothing of the message.
            world.sql().update("DELETE FROM inbox");
            world.sql().update("DELETE FROM effect");

            replica.process(Parcels.SEND, message);

            assertThat(world.script().calls(saga)).hasSize(1);
            assertThat(world.count("SELECT count(*) FROM inbox")).isZero();
        }
    }

    @Test
    void aMarkOfADatabaseThatIsNoMoreDoesNotCount() {
        try (World world = new World()) {
            Replica replica = world.start();
            String saga = id("s");
            String message = send(saga);
            replica.process(Parcels.SEND, message);
            world.sql().update("DELETE FROM inbox");
            world.sql().update("DELETE FROM effect");
            world.sql().update("UPDATE messaging_database SET id = gen_random_uuid()");

            world.start().process(Parcels.SEND, message);

            assertThat(world.script().calls(saga)).hasSize(2);
        }
    }
}

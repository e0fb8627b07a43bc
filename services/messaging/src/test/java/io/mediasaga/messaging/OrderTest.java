package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Reader.Seen;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.SuspendableKafka;
import io.mediasaga.messaging.harness.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Points 4, 5 and 6: per topic and key the first occurrences come in the order in which they were written. */
class OrderTest {

    /** Writes the next message of the key, numbered, under a lock of the key. */
    private static void writeNext(Replica replica, String key, int messages) {
        var jdbc = replica.bean(JdbcTemplate.class);
        replica.inTransaction(() -> {
            jdbc.query("SELECT pg_advisory_xact_lock(hashtext(?))", rs -> {}, key);
            Integer before = jdbc.queryForObject("SELECT count(*) FROM parcel WHERE saga_id = ?", Integer.class, key);
            for (int i = 1; i <= messages; i++) {
                int number = (before == null ? 0 : before) + i;
                jdbc.update("INSERT INTO parcel (saga_id, step) VALUES (?, ?)", key, "N_" + number);
                replica.bean(Outbox.class)
                        .send(new OutgoingMessage(
                                Parcels.SENT,
                                key,
                                new Envelope(id("m"), key, "Numbered", "N_" + number, Instant.now(), "{}", null, 1, null),
                                null));
            }
        });
    }

    private static List<String> firstOccurrences(Reader reader, String key) {
        var steps = new LinkedHashSet<String>();
        for (Seen seen : reader.read()) {
            if (key.equals(seen.key())) {
                steps.add(seen.field("step"));
            }
        }
        return List.copyOf(steps);
    }

    private static List<String> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> "N_" + n).toList();
    }

    private static void assertInOrder(Reader reader, List<String> keys, int count) {
        await().pollInSameThread().untilAsserted(() -> {
            for (String key : keys) {
                assertThat(firstOccurrences(reader, key)).as(key).hasSize(count);
            }
        });
        for (String key : keys) {
            assertThat(firstOccurrences(reader, key)).as(key).isEqualTo(numbers(count));
        }
    }

    @Test
    void replicasThatLoseAThirdOfTheirSendsKeepTheOrder() throws Exception {
        try (World world = new World()) {
            world.with("chaos.drop-share", 0.3).with("outbox.grace", "500ms");
            var replicas = List.of(world.start(), world.start(), world.start());
            var reader = world.kafka().reader(Parcels.SENT);
            var keys = IntStream.range(0, 16).mapToObj(i -> id("k")).toList();
            long seed = System.nanoTime();
            var writers = new ArrayList<CompletableFuture<Void>>();
            for (int w = 0; w < 4; w++) {
                var random = new Random(seed + w);
                var mine = keys.subList(w * 4, w * 4 + 4);
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                mine.forEach(key -> writeNext(replicas.get(random.nextInt(3)), key, 2));
                            }
                        },
                        task -> Thread.ofVirtual().start(task)));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();

            assertInOrder(reader, keys, 40);
            await().untilAsserted(() -> assertThat(world.count("SELECT count(*) FROM outbox")).isZero());
        }
    }

    @Test
    void aReplicaThatWasCutOffOverwritesNothingWithItsStaleRows() {
        try (World world = new World()) {
            world.with("outbox.grace", "500ms");
            Replica cutOff = world.start(SuspendableKafka.class);
            Replica healthy = world.start();
            var reader = world.kafka().reader(Parcels.SENT);
            var keys = IntStream.range(0, 8).mapToObj(i -> id("k")).toList();
            // The first message of all opens the topic for the fast path.
            writeNext(cutOff, id("first"), 1);
            await().until(() -> !reader.read().isEmpty());

            cutOff.bean(SuspendableKafka.Switch.class).suspend();
            keys.forEach(key -> writeNext(cutOff, key, 3));
            assertThat(cutOff.bean(SuspendableKafka.Switch.class).held()).isEqualTo(24);
            // They wait behind the rows that the other one holds.
            keys.forEach(key -> writeNext(healthy, key, 2));

            assertInOrder(reader, keys, 5);
            keys.forEach(key -> writeNext(healthy, key, 1));
            assertInOrder(reader, keys, 6);
            int before = reader.read().size();
            cutOff.bean(SuspendableKafka.Switch.class).resume();
            keys.forEach(key -> writeNext(cutOff, key, 1));

            assertInOrder(reader, keys, 7);
            assertThat(reader.read().size()).as("the stale rows did go out again").isGreaterThanOrEqualTo(before + 24);
            await().untilAsserted(() -> assertThat(world.count("SELECT count(*) FROM outbox")).isZero());
        }
    }

    @Test
    void rowsOfAProcessThatDiedBetweenCommitAndSendGoFirst() {
        try (World world = new World()) {
            world.with("outbox.grace", "5s");
            Replica replica = world.start();
            var reader = world.kafka().reader(Parcels.SENT);
            String key = id("k");
            writeNext(replica, id("first"), 1);
            await().until(() -> !reader.read().isEmpty());
            Replica dying = world.start(SuspendableKafka.class);
            writeNext(dying, id("first"), 1);
            await().until(() -> reader.read().size() >= 2);
            dying.bean(SuspendableKafka.Switch.class).suspend();
            writeNext(dying, key, 3);
            // Its memory is gone: nothing will ever be sent of it, and its lease on the rows runs on.
            assertThat(world.count("SELECT count(*) FROM outbox WHERE key = ? AND available_at > now()", key)).isEqualTo(3);

            writeNext(replica, key, 2);

            assertInOrder(reader, List.of(key), 5);
        }
    }

    @Test
    void aReplicaThatIsClosedHandsOverWhatItCouldNotSend() {
        try (World world = new World()) {
            world.with("outbox.grace", "300s");
            Replica closing = world.start(SuspendableKafka.class);
            var reader = world.kafka().reader(Parcels.SENT);
            String key = id("k");
            writeNext(closing, id("first"), 1);
            await().until(() -> !reader.read().isEmpty());
            closing.bean(SuspendableKafka.Switch.class).suspend();
            writeNext(closing, key, 3);

            closing.close();
            world.start();

            assertInOrder(reader, List.of(key), 3);
        }
    }
}

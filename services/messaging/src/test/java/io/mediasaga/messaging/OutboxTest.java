package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader.Seen;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Points 7 and 8: the relay finds what waits, a missing topic stops no other, and what is done leaves. */
class OutboxTest {

    static World world;
    static Replica replica;

    @BeforeAll
    static void start() {
        world = new World();
        world.with("outbox.guard-interval", "1s").with("inbox.retention", "1h").with("inbox.prune-interval", "500ms");
        replica = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static OutgoingMessage numbered(String topic, String key, int number) {
        return new OutgoingMessage(
                topic, key, new Envelope(id("m"), key, "N", "N_" + number, Instant.now(), "{}", null, 1, null), null);
    }

    private static void write(String topic, String key, int from, int to) {
        replica.inTransaction(() -> IntStream.rangeClosed(from, to)
                .forEach(n -> replica.bean(Outbox.class).send(numbered(topic, key, n))));
    }

    private static List<String> steps(List<Seen> seen) {
        return seen.stream().map(s -> s.field("step")).distinct().toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> "N_" + n).toList();
    }

    @Test
    void aTopicThatIsMissingStopsNoOtherAndGetsItsMessagesInOrderWhenItIsThere() {
        String missing = id("missing");
        String key = id("k");
        var reader = world.kafka().reader(Parcels.SENT);
        write(missing, key, 1, 100);
        write(Parcels.SENT, key, 0, 0);
        reader.await(1, s -> key.equals(s.key()));
        for (int other = 0; other < 5; other++) {
            write(id("missing-too"), key, 1, 1);
        }

        long quickest = Long.MAX_VALUE;
        for (int n = 1; n <= 5; n++) {
            long before = System.nanoTime();
            write(missing, key, 100 + n, 100 + n);
            write(missing, id("another-key"), 1, 1);
            write(Parcels.SENT, key, n, n);
            reader.await(n + 1, s -> key.equals(s.key()));
            quickest = Math.min(quickest, System.nanoTime() - before);
        }
        assertThat(quickest / 1_000_000)
                .as("a missing topic blocks a producer for 5 s each time it is asked for, in ms")
                .isLessThan(4_000);
        assertThat(steps(reader.read().stream().filter(s -> key.equals(s.key())).toList())).isEqualTo(numbers(0, 5));
        await().untilAsserted(() -> assertThat(replica.bean(Backlog.class).unsent()).isGreaterThanOrEqualTo(110));

        world.kafka().create(List.of(missing));
        var late = world.kafka().reader(missing);
        late.seekToBeginning();
        assertThat(steps(late.await(105, s -> key.equals(s.key())))).isEqualTo(numbers(1, 105));
        world.sql().update("DELETE FROM outbox");
    }

    @Test
    void aTopicThatIsMadeAnewGetsItsKeptMessagesAgain() {
        String topic = id("tail");
        String key = id("k");
        world.kafka().create(List.of(topic));
        write(topic, key, 1, 20);
        await().until(() -> world.count("SELECT count(*) FROM outbox_kept WHERE topic = ?", topic) == 20);

        world.kafka().delete(topic);
        world.kafka().create(List.of(topic));

        var reader = world.kafka().reader(topic);
        reader.seekToBeginning();
        assertThat(steps(reader.await(20, s -> true))).containsExactlyInAnyOrderElementsOf(numbers(1, 20));
    }

    @Test
    void anOffsetThatIsGivenOutAgainTellsThatTheTailIsLost() {
        String topic = id("tail");
        String key = id("k");
        world.kafka().create(List.of(topic));
        write(topic, key, 1, 3);
        await().until(() -> world.count("SELECT count(*) FROM outbox_kept WHERE topic = ?", topic) == 3);

        // Before anybody looks, as many have been sent as were lost: the end alone would tell nothing.
        world.kafka().delete(topic);
        world.kafka().create(List.of(topic));
        for (int n = 4; n <= 9; n++) {
            write(topic, key, n, n);
        }

        var reader = world.kafka().reader(topic);
        reader.seekToBeginning();
        await().pollInSameThread().untilAsserted(
                () -> assertThat(steps(reader.read())).containsExactlyInAnyOrderElementsOf(numbers(1, 9)));
    }

    @Test
    void whatManySentRowsLeaveBehindIsClearedAway() {
        String vacuums = "SELECT sum(vacuum_count)::int FROM pg_stat_user_tables WHERE relname = 'outbox'";
        int before = world.count(vacuums);

        write(Parcels.SENT, id("k"), 1, 6000);

        await().until(() -> world.count(vacuums) > before);
    }

    @Test
    void whatHasBeenHandledIsForgottenAfterItsRetention() {
        String saga = id("s");
        var reader = world.kafka().reader(Parcels.SENT);
        world.kafka().send(Parcels.SEND, send(saga));
        reader.awaitOne(saga);
        assertThat(world.count("SELECT count(*) FROM effect WHERE saga_id = ?", saga)).isEqualTo(1);
        world.sql().update("INSERT INTO effect (saga_id, step, status, updated_at) VALUES ('old', 'WORK', 'p', now() - interval '1 day')");

        assertThat(world.sql().update("UPDATE effect SET updated_at = now() - interval '2 hours' WHERE saga_id = ?", saga)).isEqualTo(1);
        assertThat(world.sql().update("UPDATE inbox SET received_at = now() - interval '2 hours'")).isPositive();
        await().untilAsserted(() -> {
            assertThat(world.count("SELECT count(*) FROM effect WHERE saga_id = ?", saga)).isZero();
            assertThat(world.count("SELECT count(*) FROM inbox WHERE received_at < now() - interval '1 hour'")).isZero();
        });
        assertThat(world.count("SELECT count(*) FROM effect WHERE saga_id = 'old'"))
                .as("work that is still to be done")
                .isEqualTo(1);
    }
}

package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.message;
import static io.mediasaga.messaging.harness.Messages.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Reader.Seen;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.Script;
import io.mediasaga.messaging.harness.Script.Call;
import io.mediasaga.messaging.harness.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Points 2 and 3: a failing message is set aside, tried again later, and buried in the end; the others go on. */
class RetryTest {

    static World world;
    static Replica replica;

    Reader replies;
    Reader dead;
    String saga = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        replica = world.start();
        world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
        dead = world.kafka().reader(world.deadLetters());
    }

    @Test
    void aFailingMessageDoesNotSinkItsBatch() {
        world.script().always(saga, Script.throwing("no stamps"));
        var others = IntStream.range(0, 50).mapToObj(i -> id("s")).toList();
        var batch = new ArrayList<String>();
        others.subList(0, 25).forEach(s -> batch.add(send(s)));
        batch.add(send(saga));
        others.subList(25, 50).forEach(s -> batch.add(send(s)));

        replica.process(Parcels.SEND, batch.toArray(String[]::new));

        for (String other : others) {
            assertThat(world.effects(other, "SEND_PARCEL")).isEqualTo(1);
        }
        assertThat(world.effects(saga, "SEND_PARCEL")).as("a failed attempt leaves nothing").isZero();
        assertThat(dead.awaitOne(saga).headers()).containsEntry(Headers.ATTEMPTS, "5");
    }

    @Test
    void itIsTriedFiveTimesAndThenBuriedWithEverythingThatIsKnown() {
        var times = new ArrayList<Long>();
        world.script().always(saga, (command, work) -> {
            times.add(System.nanoTime());
            throw new IllegalStateException("no stamps, time " + times.size());
        });
        String message = send(saga, 4);

        world.kafka().send(
                Parcels.SEND,
                "the-key".getBytes(StandardCharsets.UTF_8),
                message.getBytes(StandardCharsets.UTF_8),
                Map.of("X-Request-ID", "r-9", "colour", "grün"));

        Seen letter = dead.awaitOne(saga);
        assertThat(letter.text()).isEqualTo(message);
        assertThat(letter.key()).isEqualTo("the-key");
        assertThat(letter.headers())
                .containsEntry("colour", "grün")
                .containsEntry("X-Request-ID", "r-9")
                .containsEntry(Headers.ORIGINAL_TOPIC, Parcels.SEND)
                .containsEntry(Headers.ORIGINAL_KEY, "the-key")
                .containsEntry(Headers.ATTEMPTS, "5")
                .containsEntry(Headers.FIRST_ERROR, "IllegalStateException: no stamps, time 1")
                .containsEntry(Headers.LAST_ERROR, "IllegalStateException: no stamps, time 5")
                .containsKeys(Headers.ORIGINAL_PARTITION, Headers.ORIGINAL_OFFSET, Headers.DEAD_AT);
        assertThat(times).as("attempts").hasSize(5);
        for (int i = 1; i < 5; i++) {
            double waited = (times.get(i) - times.get(i - 1)) / 1e6;
            assertThat(waited).as("wait before attempt %d, in ms", i + 1).isGreaterThanOrEqualTo(100 << (i - 1));
        }
        Seen failure = replies.awaitOne(saga);
        assertThat(failure.field("type")).isEqualTo("ParcelSendFailed");
        assertThat(failure.headers()).containsEntry("X-Request-ID", "r-9");
        assertThat(failure.json().path("attempt").asInt()).isEqualTo(4);
        assertThat(failure.json().path("payload").path("code").asString()).isEqualTo("DEAD_LETTER");
        assertThat(failure.json().path("payload").path("reason").asString()).contains("no stamps, time 5");
        assertThat(world.count("SELECT count(*) FROM retry WHERE key = 'the-key'")).isZero();
    }

    @Test
    void theSettingsAreTheOnesOfTheDesign() {
        var defaults = new io.mediasaga.messaging.config.MessagingProperties.Retry(5, java.time.Duration.ofSeconds(1));
        assertThat(defaults.attempts()).isEqualTo(5);
        assertThat(IntStream.rangeClosed(1, 4).mapToLong(n -> defaults.after(n).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void laterOnesOfTheKeyWaitAndComeInOrder() {
        world.script().next(saga, Script.throwing("1"), Script.throwing("2"), Script.throwing("3"));
        var batch = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> message(id("m"), saga, "ParcelSeen", "STEP_" + i, null))
                .toList();

        world.kafka().sendTo(Parcels.SEEN, 1, batch.subList(0, 4));
        await().until(() -> world.script().calls(saga).size() >= 2);
        world.kafka().sendTo(Parcels.SEEN, 1, batch.subList(4, 8));

        await().untilAsserted(() -> assertThat(world.count("SELECT count(*) FROM parcel WHERE saga_id = ?", saga))
                .isEqualTo(8));
        assertThat(world.sql().queryForList("SELECT step FROM parcel WHERE saga_id = ? ORDER BY id", String.class, saga))
                .isEqualTo(IntStream.rangeClosed(1, 8).mapToObj(i -> "STEP_" + i).toList());
        assertThat(world.script().calls(saga))
                .extracting(Call::step)
                .startsWith("STEP_1", "STEP_1", "STEP_1", "STEP_1", "STEP_2");
    }

    @Test
    void whatWaitsBehindADeadLetterGoesOn() {
        world.script().next(saga, Script.throwing("1"), Script.throwing("2"), Script.throwing("3"), Script.throwing("4"),
                Script.throwing("5"));

        world.kafka().sendTo(Parcels.SEEN, 2, List.of(
                message(id("m"), saga, "ParcelSeen", "STEP_1", null), message(id("m"), saga, "ParcelSeen", "STEP_2", null)));

        await().untilAsserted(() -> assertThat(world.effects(saga, "STEP_2")).isEqualTo(1));
        assertThat(dead.awaitOne(saga).field("step")).isEqualTo("STEP_1");
        assertThat(world.effects(saga, "STEP_1")).isZero();
    }

    @Test
    void aDeadLetterThatIsRedrivenPassesOnce() {
        world.script().next(saga, Script.throwing("1"), Script.throwing("2"), Script.throwing("3"), Script.throwing("4"),
                Script.throwing("5"));
        String message = send(saga);
        world.kafka().send(Parcels.SEND, message);
        dead.awaitOne(saga);
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.FAILED));

        world.kafka().send(Parcels.SEND, message);
        var redrive = Map.of(Headers.REDRIVE, id("redrive"));
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        world.kafka().send(Parcels.SEND, null, bytes, redrive);
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.SENT));
        world.kafka().send(Parcels.SEND, null, bytes, redrive);
        world.kafka().send(Parcels.SEND, message);

        String last = id("last");
        for (int partition = 0; partition < 4; partition++) {
            world.kafka().sendTo(Parcels.SEND, partition, List.of(send(last + partition)));
        }
        replies.await(4, s -> s.text().contains(last));
        assertThat(world.script().calls(saga)).as("five that failed, and one").hasSize(6);
        assertThat(replies.of(saga)).as("a failure and a success").hasSize(2);
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
    }

    @Test
    void aRedrivenMessageThatFailsAgainIsBuriedAgain() {
        world.script().always(saga, Script.throwing("still"));
        String message = send(saga);
        world.kafka().send(Parcels.SEND, message);
        dead.awaitOne(saga);

        world.kafka().send(
                Parcels.SEND, null, message.getBytes(StandardCharsets.UTF_8), Map.of(Headers.REDRIVE, id("redrive")));

        var letters = dead.await(2, s -> s.of(saga));
        await().until(() -> world.script().calls(saga).size() >= 10);
        assertThat(letters.getLast().headers()).doesNotContainKey(Headers.REDRIVE);
        assertThat(world.script().calls(saga)).hasSize(10);
    }

    @Test
    void aPayloadThatNobodyCanReadIsBuriedAtOnce() {
        world.kafka().send(Parcels.SEND, send(saga).replace("\"p-" + saga + "\"", "{\"not\":\"text\"}"));

        assertThat(dead.awaitOne(saga).headers())
                .containsEntry(Headers.ATTEMPTS, "1")
                .hasEntrySatisfying(Headers.LAST_ERROR, e -> assertThat(e).startsWith("The payload of ParcelSend cannot"));
        assertThat(replies.awaitOne(saga).json().path("payload").path("code").asString()).isEqualTo("DEAD_LETTER");
        assertThat(world.script().calls(saga)).isEmpty();
    }

    @Test
    void whatTheHandlerSaysCanNeverBeHandledIsBuriedAtOnce() {
        world.script().always(saga, (command, work) -> {
            throw new InvalidPayloadException("'weight' is -1; it has to be positive.");
        });

        world.kafka().send(Parcels.SEND, send(saga));

        assertThat(dead.awaitOne(saga).headers())
                .containsEntry(Headers.LAST_ERROR, "'weight' is -1; it has to be positive.");
        assertThat(world.script().calls(saga)).hasSize(1);
    }

    @Test
    void anErrorOrANullFromAHandlerIsTheMessagesFailureAndNotTheEndOfTheConsumer() {
        String nothing = id("s");
        world.script().always(saga, (command, work) -> {
            throw new StackOverflowError();
        });
        world.script().always(nothing, (command, work) -> nothing());

        world.kafka().sendTo(Parcels.SEND, 3, List.of(send(saga), send(nothing)));

        assertThat(dead.awaitOne(saga).headers()).containsEntry(Headers.LAST_ERROR, "StackOverflowError");
        assertThat(dead.awaitOne(nothing).headers())
                .hasEntrySatisfying(Headers.LAST_ERROR, e -> assertThat(e).contains("an Outcome is expected"));
    }

    @SuppressWarnings("NullAway")
    private static Outcome nothing() {
        return null;
    }

    @Test
    void aReplyThatCannotBeSentIsTheMessagesFailure() {
        world.script().next(saga, (command, work) -> Outcome.success(List.of("no object")));

        world.kafka().send(Parcels.SEND, send(saga));

        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.SENT);
        assertThat(world.script().calls(saga)).hasSize(2);
    }

    @Test
    void manyFailuresInOneBatchAreAllSetAside() {
        String prefix = id("many");
        var sagas = IntStream.range(0, 100).mapToObj(i -> prefix + "-" + i).toList();
        sagas.forEach(s -> world.script().next(s, Script.throwing("a bad day"), Script.throwing("a bad day")));

        replica.process(Parcels.SEND, sagas.stream().map(s -> send(s)).toArray(String[]::new));

        await().untilAsserted(() -> assertThat(world.count(
                        "SELECT count(*) FROM parcel WHERE saga_id LIKE ?", prefix + "%"))
                .isEqualTo(100));
        long calls = sagas.stream().mapToLong(s -> world.script().calls(s).size()).sum();
        assertThat(calls).as("handler calls for 100 messages").isLessThan(4 * 100);
    }

    @Test
    void aBatchHandlerThatNamesTheMessageLosesOnlyThatOne() {
        String good = id("s");
        world.script().onBatch(messages -> messages.stream()
                .filter(m -> m.envelope().sagaId().equals(saga))
                .findFirst()
                .ifPresent(m -> {
                    throw new FailedItemException(m, new IllegalStateException("that one"));
                }));

        replica.process(
                Parcels.BATCH, message(id("m"), saga, "T", "B_STEP", null), message(id("m"), good, "T", "B_STEP", null));

        assertThat(world.effects(good, "B_STEP")).isEqualTo(1);
        assertThat(dead.awaitOne(saga).headers()).containsEntry(Headers.LAST_ERROR, "IllegalStateException: that one");
    }

    @Test
    void aBatchHandlerThatNamesNobodyGetsEachForItself() {
        String good = id("s");
        world.script().onBatch(messages -> {
            if (messages.stream().anyMatch(m -> m.envelope().sagaId().equals(saga))) {
                throw new IllegalStateException("one of them");
            }
        });

        replica.process(
                Parcels.BATCH,
                message(id("m"), good, "T", "B_STEP", null),
                message(id("m"), saga, "T", "B_STEP", null),
                message(id("m"), good, "T", "B_STEP_2", null));

        assertThat(world.effects(good, "B_STEP")).isEqualTo(1);
        assertThat(world.effects(good, "B_STEP_2")).isEqualTo(1);
        assertThat(dead.awaitOne(saga).headers()).containsEntry(Headers.LAST_ERROR, "IllegalStateException: one of them");
    }
}

package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.packed;
import static io.mediasaga.messaging.harness.Messages.record;
import static io.mediasaga.messaging.harness.Messages.unweigh;
import static io.mediasaga.messaging.harness.Messages.weigh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.Script;
import io.mediasaga.messaging.harness.World;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands and events that are handled together fare as if each had come alone. */
class BatchHandlersTest {

    static World world;
    static Replica one;

    Reader replies;
    Reader dead;
    String first = id("s");
    String second = id("s");
    String third = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        one = world.with("retry.attempts", 15).start(); // none is given up while a test looks at it
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        replies = world.kafka().reader(Parcels.WEIGHED, Parcels.FAILED);
        dead = world.kafka().reader(world.deadLetters());
    }

    private int weighed(String saga) {
        return world.effects(saga, "WEIGH_PARCEL");
    }

    @Test
    void commandsOfOneBatchAreHandledTogetherAndEachGetsItsReply() {
        world.script().next(second, (command, work) -> Outcome.refused("TOO_HEAVY", "It is too heavy."));

        one.process(Parcels.WEIGH, weigh(first, 1), weigh(second, 1), weigh(third, 1));

        assertThat(world.script().together(first)).containsExactly(List.of(first, second, third));
        assertThat(replies.awaitOne(first).field("type")).isEqualTo("ParcelWeighed");
        assertThat(replies.awaitOne(second).json().path("payload").path("code").asString()).isEqualTo("TOO_HEAVY");
        assertThat(replies.awaitOne(third).json().path("payload").path("parcel_id").asString()).isEqualTo("p-" + third);
    }

    @Test
    void oneThatFailsIsTriedAgainAndTheOthersAreDoneWithoutIt() {
        world.script().next(second, Script.throwing("the scales are broken"));

        one.process(Parcels.WEIGH, weigh(first, 1), weigh(second, 1), weigh(third, 1));

        assertThat(world.script().together(third)).containsExactly(List.of(first, second, third), List.of(first, third));
        assertThat(replies.awaitOne(second).field("type")).isEqualTo("ParcelWeighed");
        assertThat(world.script().together(second)).containsExactly(List.of(first, second, third), List.of(second));
        assertThat(List.of(weighed(first), weighed(second), weighed(third))).containsExactly(1, 1, 1);
    }

    @Test
    void whenNobodyKnowsWhichOneFailsEachIsHandledAlone() {
        world.script().always(second, (command, work) -> {
            throw new Script.UnnamedException();
        });

        one.process(Parcels.WEIGH, weigh(first, 1), weigh(second, 1), weigh(third, 1));

        assertThat(world.script().together(first)).containsExactly(List.of(first, second, third), List.of(first));
        assertThat(List.of(weighed(first), weighed(second), weighed(third))).containsExactly(1, 0, 1);
        assertThat(world.count("SELECT count(*) FROM retry WHERE key = ?", second)).isOne();
        world.script().always(second, (command, work) -> Outcome.success());
        replies.awaitOne(second);
    }

    @Test
    void oneThatCannotBeReadBecomesADeadLetterAndSinksNobody() {
        String unreadable = weigh(second, 1).replace("\"p-" + second + "\"", "[1]");

        one.process(Parcels.WEIGH, weigh(first, 1), unreadable, weigh(third, 1));

        assertThat(dead.awaitOne(second).headers().get("mediasaga-last-error")).contains("cannot be read");
        assertThat(List.of(weighed(first), weighed(second), weighed(third))).containsExactly(1, 0, 1);
        assertThat(replies.awaitOne(second).field("type")).isEqualTo("ParcelWeighFailed");
    }

    @Test
    void theSameStepAgainInOneBatchHasOneEffectAndTwoReplies() {
        String message = weigh(first, 1);

        one.process(Parcels.WEIGH, message, message, weigh(second, 1), weigh(first, 2));

        assertThat(world.script().together(first)).containsExactly(List.of(first, second));
        assertThat(weighed(first)).isOne();
        assertThat(replies.await(2, s -> s.of(first))).extracting(s -> s.json().path("attempt").asInt())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aCompensationBesideItsCommandComesAfterIt() {
        one.process(List.of(
                record(Parcels.WEIGH, weigh(first, 1)),
                record(Parcels.UNWEIGH, unweigh(first)),
                record(Parcels.UNWEIGH, unweigh(second)),
                record(Parcels.WEIGH, weigh(second, 1)),
                record(Parcels.WEIGH, weigh(third, 1))));

        assertThat(world.script().calls(first)).map(Script.Call::step).containsExactly("WEIGH_PARCEL", "UNWEIGH_PARCEL");
        assertThat(world.script().calls(second)).map(Script.Call::step).containsExactly("UNWEIGH_PARCEL");
        assertThat(weighed(third)).isOne();
        assertThat(replies.await(1, s -> s.of(second) && s.topic().equals(Parcels.FAILED)).getFirst().text())
                .contains("COMPENSATED");
    }

    @Test
    void eventsOfOneBatchAreHandledTogetherAndInOrder() {
        var messages = List.of(id("e"), id("e"), id("e"));

        one.process(
                Parcels.PACKED,
                packed(messages.get(0), first),
                packed(messages.get(1), first),
                packed(messages.get(1), first),
                packed(messages.get(2), second));

        assertThat(world.script().together(messages.getFirst())).containsExactly(messages);
        assertThat(world.effects(first, "PACK_PARCEL")).isEqualTo(2);
    }

    @Test
    void anEventThatFailsIsTriedAgainAndTheOthersAreDoneWithoutIt() {
        world.script().next(second, Script.throwing("no paper"));

        one.process(Parcels.PACKED, packed(id("e"), first), packed(id("e"), second), packed(id("e"), third));

        assertThat(world.effects(first, "PACK_PARCEL") + world.effects(third, "PACK_PARCEL")).isEqualTo(2);
        await().until(() -> world.effects(second, "PACK_PARCEL") == 1);
    }
}

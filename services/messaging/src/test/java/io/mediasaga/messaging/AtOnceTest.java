package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.carry;
import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.unload;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader.Seen;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.Script;
import io.mediasaga.messaging.harness.World;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long commands that turn out to be short are carried out before the transaction of their batch, without a lease. */
class AtOnceTest {

    private static final Script.Act DONE =
            (command, work) -> Outcome.success(new Parcels.Parcel(command.payload().parcelId(), 1));

    static World world;
    static Replica one;

    Reader replies;
    String saga = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        one = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        replies = world.kafka().reader(Parcels.CARRIED, Parcels.UNLOADED, Parcels.FAILED);
    }

    @Test
    void theyEndInTheTransactionOfTheirBatchAndWriteTogether() {
        List<String> sagas = List.of(id("s"), id("s"), id("s"));
        sagas.forEach(each -> world.script().atOnce(each, DONE));

        one.process(Parcels.CARRY, sagas.stream().map(each -> carry(each, 1)).toArray(String[]::new));

        assertThat(world.script().together(sagas.getFirst())).containsExactly(sagas);
        for (String each : sagas) {
            assertThat(world.effects(each, "CARRY_PARCEL")).isOne();
            assertThat(world.script().calls(each)).as("runs under a lease").isEmpty();
            assertThat(replies.awaitOne(each).json().path("payload").path("weight").asInt()).isOne();
        }
    }

    @Test
    void whatFailsThereOrIsNotShortBecomesWork() {
        String other = id("s");
        world.script().atOnce(saga, (command, work) -> {
            throw new IOException("the disk is full");
        });

        one.process(Parcels.CARRY, carry(saga, 1), carry(other, 1));

        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.CARRIED);
        assertThat(replies.awaitOne(other).topic()).isEqualTo(Parcels.CARRIED);
        assertThat(world.script().calls(saga)).hasSize(1);
        assertThat(world.effects(saga, "CARRY_PARCEL")).isOne();
    }

    @Test
    void aFailureIsToldAndLeavesRoomForAHigherAttempt() {
        world.script().atOnce(saga, (command, work) -> Outcome.failed("NO_VAN", "There is no van."));
        one.process(Parcels.CARRY, carry(saga, 1));
        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.FAILED);
        assertThat(world.effects(saga, "CARRY_PARCEL")).isZero();

        world.script().atOnce(saga, DONE);
        one.process(Parcels.CARRY, carry(saga, 2));

        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.CARRIED));
        assertThat(world.effects(saga, "CARRY_PARCEL")).isOne();
    }

    @Test
    void theSameStepUnderANewMessageIdGetsItsOutcomeAgain() {
        world.script().atOnce(saga, DONE);

        one.process(Parcels.CARRY, carry(saga, 1), carry(saga, 2));
        one.process(Parcels.CARRY, carry(saga, 3));

        assertThat(replies.await(3, saga)).hasSize(3).extracting(Seen::topic).containsOnly(Parcels.CARRIED);
        assertThat(world.effects(saga, "CARRY_PARCEL")).isOne();
    }

    @Test
    void whatComesAfterItsCompensationIsRefusedAndItsOutcomeDropped() {
        world.script().atOnce(saga, DONE);
        one.process(Parcels.UNLOAD, unload(saga));
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.UNLOADED));

        one.process(Parcels.CARRY, carry(saga, 1));

        assertThat(replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.FAILED)).getFirst().text())
                .contains("COMPENSATED");
        assertThat(world.effects(saga, "CARRY_PARCEL")).isZero();
    }

    @Test
    void whatIsUnreadableBecomesADeadLetterAsEver() {
        Reader dead = world.kafka().reader(world.deadLetters());

        one.process(Parcels.CARRY, carry(saga, 1).replace("\"p-" + saga + "\"", "[1]"));

        assertThat(dead.awaitOne(saga).headers().get("mediasaga-last-error")).contains("cannot be read");
    }
}

package io.mediasaga.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Messages;
import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a plain producer's command to the reply on the topic. */
class SimplePathTest {

    static World world;
    static Replica replica;

    @BeforeAll
    static void start() {
        world = new World();
        replica = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aCommandBecomesEffectInboxRowAndReply() {
        String saga = Messages.id("s");
        var replies = world.kafka().reader(Parcels.SENT);

        world.kafka().send(Parcels.SEND, Messages.send(saga, 3));

        var reply = replies.awaitOne(saga);
        assertThat(reply.key()).isEqualTo(saga);
        assertThat(reply.field("type")).isEqualTo("ParcelSent");
        assertThat(reply.field("step")).isEqualTo("SEND_PARCEL");
        assertThat(reply.json().path("attempt").asInt()).isEqualTo(3);
        assertThat(reply.json().path("payload").path("parcel_id").asString()).isEqualTo("p-" + saga);
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
        assertThat(world.count("SELECT count(*) FROM effect WHERE saga_id = ? AND status = 's'", saga)).isEqualTo(1);
        assertThat(world.count("SELECT count(*) FROM inbox WHERE topic = ?", Parcels.SEND)).isPositive();
    }

    @Test
    void longWorkRunsAndReplies() {
        String saga = Messages.id("s");
        var replies = world.kafka().reader(Parcels.CARRIED);

        world.kafka().send(Parcels.CARRY, Messages.carry(saga, 2));

        assertThat(replies.awaitOne(saga).json().path("attempt").asInt()).isEqualTo(2);
        assertThat(world.effects(saga, "CARRY_PARCEL")).isEqualTo(1);
        assertThat(world.count("SELECT count(*) FROM work")).isZero();
    }

    @Test
    void eventsBatchesAndRawRecordsReachTheirHandlers() {
        String saga = Messages.id("s");

        world.kafka().send(Parcels.SEEN, Messages.seen(Messages.id("m"), saga));
        world.kafka().send(Parcels.BATCH, Messages.message(Messages.id("m"), saga, "Anything", "BATCH_STEP", null));
        world.kafka().send(Parcels.RAW, saga);

        await().untilAsserted(() -> {
            assertThat(world.effects(saga, "SEE_PARCEL")).isEqualTo(1);
            assertThat(world.effects(saga, "BATCH_STEP")).isEqualTo(1);
            assertThat(world.effects(saga, "RAW")).isEqualTo(1);
        });
    }

    @Test
    void topicsThatAreAddedAreListenedToAndThoseBeforeStillAre() {
        String added = Messages.id("events.added");
        String saga = Messages.id("s");
        var dead = world.kafka().reader(world.deadLetters());
        world.script().batchTopics(Set.of(Parcels.BATCH, added));

        replica.bean(Subscriptions.class).refresh();

        await().until(() -> {
            world.kafka().create(List.of(added));
            return true;
        });
        world.kafka().send(added, Messages.message(Messages.id("m"), saga, "Anything", "ADDED", null));
        world.kafka().send(Parcels.BATCH, Messages.message(Messages.id("m"), saga, "Anything", "BEFORE", null));
        await().untilAsserted(() -> {
            assertThat(world.effects(saga, "ADDED")).isEqualTo(1);
            assertThat(world.effects(saga, "BEFORE")).isEqualTo(1);
        });
        assertThat(dead.of(saga)).isEmpty();
    }

    @Test
    void whatComesWhileNobodyListensIsHandledAfterwards() {
        String saga = Messages.id("s");
        replica.listenNot();
        world.kafka().send(Parcels.SEND, Messages.send(saga));

        replica.listen();

        await().untilAsserted(() -> assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1));
    }

    @Test
    void acknowledgedMessagesLeaveTheOutbox() {
        String saga = Messages.id("s");
        var replies = world.kafka().reader(Parcels.SENT);

        world.kafka().send(Parcels.SEND, Messages.send(saga));

        replies.awaitOne(saga);
        await().untilAsserted(() -> assertThat(world.count("SELECT count(*) FROM outbox WHERE key = ?", saga)).isZero());
    }
}

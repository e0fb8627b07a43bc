package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.SuspendableKafka;
import io.mediasaga.messaging.harness.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not taken yet, and what is not sent yet. */
class ConsumptionTest {

    private static void sendTo(Replica replica, String topic, String key) {
        replica.inTransaction(() -> replica.bean(Outbox.class)
                .send(new OutgoingMessage(
                        topic, key, new Envelope(id("m"), key, "Sent", "SENT", Instant.now(), "{}", null, 1, null), null)));
    }

    @Test
    void whatIsTakenByAnyReplicaCountsOnceItsTransactionHasCommitted() {
        try (World world = new World()) {
            Replica one = world.start();
            Consumption consumption = one.bean(Consumption.class);
            await().until(() -> consumption.remaining(consumption.mark()) == 0);
            one.listenNot();
            List<String> sagas = List.of(id("s"), id("s"), id("s"));
            sagas.forEach(saga -> world.kafka().send(Parcels.SEND, send(saga)));

            Consumption.Mark mark = consumption.mark();
            world.kafka().send(Parcels.SEND, send(id("s")));
            assertThat(consumption.remaining(mark)).isEqualTo(3);
            assertThat(consumption.remaining(consumption.mark())).isEqualTo(4);

            world.start();
            await().until(() -> consumption.remaining(mark) == 0);
            sagas.forEach(saga -> assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1));
        }
    }

    @Test
    void whatWaitsToBeSentIsKnownByItsKeyUnlessItsTopicIsMissing() {
        try (World world = new World()) {
            Replica replica = world.start(SuspendableKafka.class);
            Backlog backlog = replica.bean(Backlog.class);
            String first = id("s");
            sendTo(replica, Parcels.SENT, first);
            await().until(() -> backlog.unsent(List.of(first)).isEmpty());

            var kafka = replica.bean(SuspendableKafka.Switch.class);
            kafka.suspend();
            String held = id("s");
            String lost = id("s");
            sendTo(replica, Parcels.SENT, held);
            sendTo(replica, "no.such.topic", lost);

            List<String> keys = List.of(first, held, lost);
            await().untilAsserted(() -> assertThat(backlog.unsent(keys)).containsExactly(held));
            kafka.resume();
            await().untilAsserted(() -> assertThat(backlog.unsent(keys)).isEmpty());
            assertThat(backlog.unsent(List.of())).isEmpty();
        }
    }
}

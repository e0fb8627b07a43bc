package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.carry;
import static io.mediasaga.messaging.harness.Messages.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.World;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that lost its lease ends nothing, not even the work of a later attempt of its step. */
class WorkEpochTest {

    @Test
    void aWorkerOfAnEarlierAttemptDoesNotEndALaterOne() throws Exception {
        try (var world = new World()) {
            world.start();
            var replies = world.kafka().reader(Parcels.CARRIED, Parcels.FAILED);
            String saga = id("s");
            var oldGoesOn = new CountDownLatch(1);
            var newGoesOn = new CountDownLatch(1);
            var epochs = new CopyOnWriteArrayList<Long>();
            world.script().next(
                    saga,
                    (command, work) -> {
                        epochs.add(work.epoch());
                        oldGoesOn.await(3, TimeUnit.MINUTES);
                        return Outcome.success(new Parcels.Parcel("the old one", null));
                    },
                    (command, work) -> {
                        epochs.add(work.epoch());
                        return Outcome.failed("ROAD_CLOSED", "The road is closed.");
                    },
                    (command, work) -> {
                        epochs.add(work.epoch());
                        newGoesOn.await(3, TimeUnit.MINUTES);
                        return Outcome.success(new Parcels.Parcel("the new one", null));
                    });

            world.kafka().send(Parcels.CARRY, carry(saga, 1));
            await().until(() -> epochs.size() == 1);
            await().until(() -> {
                world.sql().update(
                        "UPDATE work SET leased_until = now() - interval '1 second' WHERE saga_id = ? AND epoch = 1", saga);
                return epochs.size() == 2;
            });
            await().until(() -> replies.of(saga).size() == 1);
            world.kafka().send(Parcels.CARRY, carry(saga, 2));
            await().until(() -> epochs.size() == 3);

            oldGoesOn.countDown();
            String after = id("s");
            world.kafka().send(Parcels.CARRY, carry(after, 1));
            replies.awaitOne(after);
            newGoesOn.countDown();
            await().until(() -> replies.of(saga).size() == 2);

            assertThat(replies.of(saga).getLast().json().path("payload").path("parcel_id").asString())
                    .isEqualTo("the new one");
            assertThat(epochs).isSorted().doesNotHaveDuplicates().first().isEqualTo(1L);
        }
    }
}

package io.mediasaga.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final Gathering gathering = new Gathering(Duration.ofHours(1), 8);

    @Test
    void aMessageThatComesAloneWaitsForNothing() throws Exception {
        gathering.taken(7);
        assertThat(gathering.isBusy()).isFalse();
        gathering.await(); // for an hour, if it were
    }

    @Test
    void afterALargeBatchTheNextOneWaits() {
        gathering.taken(8);
        assertThat(gathering.isBusy()).isTrue();
    }

    @Test
    void theWaitFollowsWhatTheBatchTook() {
        var gathering = new Gathering(Duration.ofNanos(60), 8);
        assertThat(gathering.left(5)).isEqualTo(10);
        assertThat(gathering.left(20)).isEqualTo(40);
        assertThat(gathering.left(50)).as("no longer than the span in all").isEqualTo(10);
        assertThat(gathering.left(70)).isNegative();
    }

    @Test
    void theWaitIsOverWithTheLoad() {
        gathering.taken(500);
        gathering.taken(0);
        assertThat(gathering.isBusy()).isFalse();
    }

    @Test
    void itCanBeSwitchedOff() throws Exception {
        var never = new Gathering(Duration.ZERO, 8);
        never.taken(500);
        assertThat(never.isBusy()).isFalse();
        never.await();
    }
}

package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    @Test
    void pausesGrowUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(RetryPolicy.DEFAULT::pauseAfter).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void pausesDoNotOverflow() {
        RetryPolicy steep = new RetryPolicy(100, Duration.ofDays(300), 10, Duration.ofDays(365));

        assertThat(steep.pauseAfter(100)).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void longestHoldsAttemptsAndPauses() {
        assertThat(RetryPolicy.DEFAULT.longest(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(5 * 30 + 15));
        assertThat(RetryPolicy.ONCE.longest(Duration.ofHours(24))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void attemptsEnd() {
        assertThat(RetryPolicy.DEFAULT.allowsAfter(4)).isTrue();
        assertThat(RetryPolicy.DEFAULT.allowsAfter(5)).isFalse();
        assertThat(RetryPolicy.ONCE.allowsAfter(1)).isFalse();
    }
}

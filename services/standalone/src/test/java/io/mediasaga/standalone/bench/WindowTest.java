package io.mediasaga.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mediasaga.standalone.bench.Flights.Ended;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void countsWhatEndsWithinTheWindow() {
        List<Ended> ended = IntStream.range(0, 40).mapToObj(i -> new Ended(i * SECOND / 2, i * SECOND / 2 + 5_000_000)).toList();

        Window window = Window.of(ended, 5 * SECOND, 15 * SECOND, List.of());

        assertThat(window.ended()).isEqualTo(20);
        assertThat(window.mean()).isEqualTo(2);
        assertThat(window.latency().p99()).isEqualTo(5);
    }

    @Test
    void theWorstTenSecondsAreFoundWhereverTheyAre() {
        List<Ended> ended = LongStream.range(0, 30)
                .filter(second -> second < 10 || second >= 20)
                .mapToObj(second -> new Ended(second * SECOND, second * SECOND))
                .toList();

        assertThat(Window.of(ended, 0, 30 * SECOND, List.of()).worst()).isZero();
    }

    @Test
    void aBacklogThatGrowsIsNotSustained() {
        List<Ended> ended = IntStream.range(0, 1000).mapToObj(i -> new Ended(i * SECOND / 100, i * SECOND / 100)).toList();
        List<Integer> growing = IntStream.range(0, 10).map(i -> i * 20).boxed().toList();
        List<Integer> steady = IntStream.range(0, 10).map(i -> 50 + i % 3).boxed().toList();

        assertThat(Window.of(ended, 0, 10 * SECOND, growing).sustained()).isFalse();
        assertThat(Window.of(ended, 0, 10 * SECOND, growing).growth()).isCloseTo(20, within(10.0));
        assertThat(Window.of(ended, 0, 10 * SECOND, steady).sustained()).isTrue();
    }

    @Test
    void percentilesAreTakenFromWhatWasSeen() {
        Percentiles percentiles = Percentiles.of(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000));

        assertThat(percentiles).isEqualTo(new Percentiles(50, 95, 99, 100));
        assertThat(Percentiles.of(LongStream.empty()).p50()).isNaN();
    }
}

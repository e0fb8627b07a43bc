package io.mediasaga.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random definitions, random participants, random times, a restart after every step. The seed of a run that fails is
 * printed; {@code -Dseed=<number>} runs that one alone, {@code -Druns=<number>} says how many there are.
 */
class RandomizedEngineTest {

    @Test
    void everySagaEndsExactlyOneWayWithEverythingUndoneThatMayHaveHappened() {
        Long one = Long.getLong("seed");
        long base = System.nanoTime();
        LongStream seeds = one != null ? LongStream.of(one) : LongStream.range(base, base + Integer.getInteger("runs", 4000));
        int[] ended = new int[SagaStatus.values().length];
        seeds.forEach(seed -> {
            try {
                ended[new RandomRun(new Random(seed)).play().ordinal()]++;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " fails (run it alone with -Dseed=" + seed + "): " + e, e);
            }
        });
        if (one == null) {
            assertThat(ended[SagaStatus.COMPLETED.ordinal()]).as("completed").isPositive();
            assertThat(ended[SagaStatus.COMPENSATED.ordinal()]).as("compensated").isPositive();
        }
    }
}

package io.mediasaga.messaging.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mediasaga.messaging.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {

    private static final int MANY = 20_000;
    private static final ChaosPlan PLAN = new ChaosPlan(7, 0.1, 0.05, Duration.ofSeconds(10), 0.04, 0.25);

    @Test
    void theSameSeedHitsTheSame() {
        ChaosPlan same = new ChaosPlan(7, 0.1, 0.05, Duration.ofSeconds(10), 0.04, 0.25);
        ChaosPlan other = new ChaosPlan(8, 0.1, 0.05, Duration.ofSeconds(10), 0.04, 0.25);

        assertThat(faults(PLAN)).isEqualTo(faults(same)).isNotEqualTo(faults(other));
    }

    @Test
    void sharesAreKept() {
        var counts = new EnumMap<StepFault, Integer>(StepFault.class);
        faults(PLAN).forEach((saga, fault) -> counts.merge(fault, 1, Integer::sum));

        assertThat(share(counts.get(StepFault.NONE))).isCloseTo(0.96, within(0.005));
        assertThat(share(counts.get(StepFault.REFUSED) + counts.get(StepFault.DIES))).isCloseTo(0.01, within(0.003));
        assertThat(share(counts.get(StepFault.THROWS))).isCloseTo(0.015, within(0.003));
        assertThat(share(counts.get(StepFault.FAILS_ONCE))).isCloseTo(0.015, within(0.003));
        assertThat(share((int) IntStream.range(0, MANY).filter(i -> PLAN.drops("t", "s" + i)).count())).isCloseTo(0.1, within(0.01));
        assertThat(IntStream.range(0, MANY).mapToObj(i -> PLAN.holdsBack("t", "s" + i)).filter(Duration::isPositive))
                .allMatch(held -> held.compareTo(Duration.ofSeconds(10)) <= 0)
                .hasSizeBetween(MANY * 4 / 100, MANY * 6 / 100);
    }

    @Test
    void nothingIsHitByDefault() {
        assertThat(faults(ChaosPlan.NONE).values()).containsOnly(StepFault.NONE);
        assertThat(Chaos.NONE.keepsBack("t", "s", true)).isNull();
        assertThat(Chaos.NONE.keepsBack("t", "s", false)).isNull();
    }

    @Test
    void whatThrowsOnceDoesSoOnce() {
        var chaos = new Chaos(PLAN, Duration.ZERO);
        Envelope message = message(StepFault.THROWS);

        assertThatThrownBy(() -> chaos.strike(message, true)).isInstanceOf(SimulatedFailure.class);
        chaos.strike(message, true);
    }

    @Test
    void whatDiesThrowsAlways() {
        var chaos = new Chaos(PLAN, Duration.ZERO);
        Envelope message = message(StepFault.DIES);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> chaos.strike(message, true)).isInstanceOf(SimulatedFailure.class);
        }
    }

    @Test
    void refusalsAreForGoodAndOtherFailuresForTheFirstAttempt() {
        var chaos = new Chaos(PLAN, Duration.ZERO);

        assertThat(chaos.answer(message(StepFault.REFUSED))).matches(failure -> !failure.retryable());
        assertThat(chaos.answer(message(StepFault.FAILS_ONCE))).matches(failure -> failure.retryable());
        assertThat(chaos.answer(message(StepFault.NONE))).isNull();
    }

    private static Envelope message(StepFault fault) {
        String saga = faults(PLAN).entrySet().stream()
                .filter(entry -> entry.getValue() == fault)
                .findFirst()
                .orElseThrow()
                .getKey();
        return new Envelope("m", saga, "Type", "STEP", Instant.EPOCH, "{}", 1, 1, null);
    }

    private static Map<String, StepFault> faults(ChaosPlan plan) {
        return IntStream.range(0, MANY)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(i -> "saga-" + i, i -> plan.fault("saga-" + i, "STEP")));
    }

    private static double share(int count) {
        return (double) count / MANY;
    }
}

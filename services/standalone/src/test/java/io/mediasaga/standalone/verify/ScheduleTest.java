package io.mediasaga.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    private static final int PROCESSES = 10;
    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @TempDir
    java.nio.file.Path folder;

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(schedule(1, 5000, ALL)).isEqualTo(schedule(1, 5000, ALL)).isNotEqualTo(schedule(2, 5000, ALL));
    }

    @Test
    void theSameSeedGivesTheSameSagas() {
        assertThat(sagas(1)).isEqualTo(sagas(1)).isNotEqualTo(sagas(2));
    }

    @Test
    void evenAShortRunHasEveryFault() {
        List<Injection> schedule = schedule(3, 100, ALL);

        assertThat(schedule).extracting(Injection::kind).containsOnly(
                        FaultKind.KILL, FaultKind.PAUSE, FaultKind.POSTGRES, FaultKind.KAFKA, FaultKind.REDIS)
                .contains(FaultKind.KILL, FaultKind.PAUSE, FaultKind.POSTGRES, FaultKind.KAFKA, FaultKind.REDIS);
        assertThat(schedule).isSortedAccordingTo(java.util.Comparator.comparing(Injection::atSaga));
        assertThat(schedule).allMatch(injection -> injection.atSaga() < 100 && injection.target() < PROCESSES);
    }

    @Test
    void everyProcessIsHitInALongRun() {
        assertThat(schedule(4, 6000, ALL)).extracting(Injection::target).contains(IntStream.range(0, PROCESSES).boxed().toArray(Integer[]::new));
    }

    @Test
    void whoIsPausedOverstaysEveryLease() {
        assertThat(schedule(5, 20_000, EnumSet.of(FaultKind.PAUSE)))
                .isNotEmpty()
                .allMatch(injection -> injection.away().compareTo(Duration.ofSeconds(10)) > 0);
    }

    @Test
    void nothingIsScheduledThatWasNotChosen() {
        assertThat(schedule(6, 5000, EnumSet.noneOf(FaultKind.class))).isEmpty();
        assertThat(schedule(6, 5000, EnumSet.of(FaultKind.KAFKA, FaultKind.STEPS))).extracting(Injection::kind).containsOnly(FaultKind.KAFKA);
    }

    @Test
    void sharesOfSagasFailForGoodOrAreHeld() {
        List<SagaPlan> sagas = sagas(7);

        assertThat(sagas).filteredOn(SagaPlan::mustFail).hasSizeBetween(sagas.size() / 50, sagas.size() / 10);
        assertThat(sagas).filteredOn(SagaPlan::mayHold).isNotEmpty().hasSizeLessThan(sagas.size() / 50);
        assertThat(sagas).filteredOn(SagaPlan::isCancelled).isNotEmpty();
        assertThat(sagas).extracting(SagaPlan::upload).contains(SagaPlan.Upload.values());
        assertThat(sagas).extracting(SagaPlan::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theDefinitionOfARunIsValid(Mode mode) {
        assertThat(VerifyDefinition.read(VerifyDefinition.write(folder, mode)).steps()).hasSize(7);
    }

    @Test
    void faultsAreChosenByName() {
        assertThat(FaultKind.parse("all")).isEqualTo(ALL);
        assertThat(FaultKind.parse("none")).isEmpty();
        assertThat(FaultKind.parse("kill, Pause")).containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.PAUSE);
        assertThatThrownBy(() -> FaultKind.parse("kill,flood")).isInstanceOf(VerifyException.class).hasMessageContaining("'flood'");
    }

    private static List<Injection> schedule(long seed, int sagas, Set<FaultKind> faults) {
        return Schedule.of(options(seed, sagas, faults), PROCESSES);
    }

    private static VerifyOptions options(long seed, int sagas, Set<FaultKind> faults) {
        return new VerifyOptions(sagas, faults, seed, 10, Duration.ofMinutes(1), Mode.PRODUCT);
    }

    private List<SagaPlan> sagas(long seed) {
        VerifyOptions options = options(seed, 4000, ALL);
        Plan plan = new Plan(options, VerifyDefinition.read(VerifyDefinition.write(folder, Mode.PRODUCT)));
        return IntStream.range(0, options.sagas()).mapToObj(plan::saga).toList();
    }
}

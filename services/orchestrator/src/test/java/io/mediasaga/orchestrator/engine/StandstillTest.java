package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.SagaScenario.BEGINNING;
import static io.mediasaga.orchestrator.engine.SagaScenario.given;
import static io.mediasaga.orchestrator.engine.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts for no timeout, and what does all the same. The timeout is ten seconds. */
class StandstillTest {

    private static Instant at(int second) {
        return BEGINNING.plusSeconds(second);
    }

    private static Standstill between(int from, int until) {
        return new Standstill(at(from), at(until));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void onlyWhatStoodStillBetweenTheBeginningAndTheEndCounts() {
        assertThat(Standstill.postpone(List.of(between(-9, -1)), at(0), at(10))).isEqualTo(at(10));
        assertThat(Standstill.postpone(List.of(between(-9, 3)), at(0), at(10))).isEqualTo(at(13));
        assertThat(Standstill.postpone(List.of(between(2, 5)), at(0), at(10))).isEqualTo(at(13));
        assertThat(Standstill.postpone(List.of(between(8, 50)), at(0), at(10))).isEqualTo(at(52));
        assertThat(Standstill.postpone(List.of(between(10, 50)), at(0), at(10))).isEqualTo(at(10));
        assertThat(Standstill.postpone(List.of(between(2, 5), between(12, 14), between(15, 99)), at(0), at(10)))
                .as("the second one falls into the time that the first one gave")
                .isEqualTo(at(15));
    }

    @Test
    void aTimeoutRestsWhileMessagesDoNotFlow() {
        Standstill outage = between(5, 65);
        given(step("First")).start("{}").expect().command("First")
                .andGiven().timePasses(seconds(65), outage)
                .expect().unchanged(Cause.TOO_EARLY)
                .expect().dueIn(seconds(5))
                .timePasses(seconds(4), outage)
                .expect().unchanged(Cause.TOO_EARLY)
                .successReply()
                .expect().completed();
    }

    @Test
    void whoStaysSilentTimesOutAfterwards() {
        Standstill outage = between(5, 65);
        given(step("First").attempts(1)).start("{}").expect().command("First")
                .andGiven().timePasses(seconds(70), outage)
                .expect().written(Kind.TIMED_OUT)
                .expect().command("UndoFirst");
    }

    @Test
    void theDeadlineOfTheSagaHoldsAllTheSame() {
        Duration twoHours = TestDefinitions.DEADLINE;
        given(step("First")).start("{}").expect().command("First")
                .andGiven().timePasses(twoHours, new Standstill(at(5), at(5).plus(twoHours)))
                .expect().command("UndoFirst");
    }

    @Test
    void whatIsDueIsJudgedWhenEveryReplyUntilThenHasBeenHeard() {
        given(step("First").attempts(1)).start("{}").expect().command("First")
                .andGiven().timePassesUnheard(seconds(30))
                .expect().unchanged(Cause.TOO_EARLY)
                .timePasses(Duration.ZERO)
                .expect().command("UndoFirst");
    }

    @Test
    void aCommandThatWasSentLateHasAllItsTimeFromThenOn() {
        given(step("First").attempts(1)).start("{}").expect().command("First")
                .andGiven().timePassesUnsent(seconds(10))
                .expect().nothing().expect().dueIn(seconds(10))
                .timePassesUnsent(seconds(10))
                .expect().nothing().expect().dueIn(seconds(10))
                // Only what stood still since it was found unsent counts: from 20 to 24.
                .timePasses(seconds(10), between(15, 24))
                .expect().unchanged(Cause.TOO_EARLY).expect().dueIn(seconds(4))
                .timePasses(seconds(4), between(15, 24))
                .expect().command("UndoFirst");
    }

    @Test
    void aCommandThatCannotBeSentForLongTimesOut() {
        given(step("First").attempts(1)).start("{}").expect().command("First")
                .andGiven().timePassesUnsent(Duration.ofMinutes(10))
                .expect().written(Kind.TIMED_OUT)
                .expect().command("UndoFirst");
    }

    @Test
    void thePauseBeforeTheNextAttemptDoesNotStandStill() {
        given(step("First")).start("{}").expect().command("First")
                .andGiven().failureReply("BUSY", "Later.", true)
                .timePasses(seconds(1), between(0, 60))
                .expect().command("First").attempt(2);
    }
}

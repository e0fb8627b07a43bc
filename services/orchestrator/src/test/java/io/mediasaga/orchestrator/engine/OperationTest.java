package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.SagaScenario.given;
import static io.mediasaga.orchestrator.engine.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperationTest {

    @Test
    void aPauseStopsTheClockAndLeavesAsMuchTimeAsBefore() {
        given(step("A")).start("{}").expect().command("A")
                .andGiven().timePasses(Duration.ofSeconds(4))
                .pause()
                .timePasses(Duration.ofDays(3)).expect().unchanged(Cause.TOO_EARLY)
                .resume()
                .expect().dueIn(Duration.ofSeconds(6))
                .timePasses()
                .expect().written(Kind.TIMED_OUT);
    }

    @Test
    void repliesDuringAPauseAreKeptAndCountAfterwards() {
        given(step("A"), step("B")).start("{}").expect().command("A")
                .andGiven().pause().successReply()
                .expect().nothing().expect().status(SagaStatus.RUNNING)
                .resume()
                .expect().command("B");
    }

    @Test
    void aSuccessDuringAPauseGoesBeforeAFailure() {
        given(step("A"), step("B")).start("{}").expect().command("A")
                .andGiven().pause().failureReply("NO", "No.", false).successReply().failureReply("NO", "No.", false)
                .resume()
                .expect().command("B");
    }

    @Test
    void aPauseHoldsCompensationsToo() {
        given(step("A"), step("B")).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA").andGiven().pause().successReply()
                .expect().nothing().expect().status(SagaStatus.COMPENSATING)
                .resume()
                .expect().compensated("B failed: No.");
    }

    @Test
    void pauseAndResumeAreRefusedWhereTheyMeanNothing() {
        given(step("A")).start("{}").expect().command("A").andGiven()
                .resume().expect().refused("not paused")
                .pause().pause().expect().refused("paused already")
                .retry().expect().refused("is paused")
                .skip().expect().refused("is paused");
    }

    @Test
    void aRetryDuringThePauseBetweenAttemptsComesAtOnceWithANewBudget() {
        given(step("A").attempts(2)).start("{}").expect().command("A").andGiven().failureReply("BUSY", "Busy.", true)
                .retry()
                .expect().command("A").attempt(2).andGiven().failureReply("BUSY", "Busy.", true)
                .timePasses()
                .expect().command("A").attempt(3).andGiven().failureReply("BUSY", "Busy.", true)
                .expect().compensated("A failed: Busy.");
    }

    @Test
    void aRetryIsRefusedWhileAnAttemptIsUnderWay() {
        given(step("A")).start("{}").expect().command("A").andGiven().retry().expect().refused("Attempt 1 of A is under way");
    }

    @Test
    void aHeldStepThatWaitsCanBeWaitedForAgain() {
        given(step("A").waiting().onExhausted(OnExhausted.HOLD)).start("{}")
                .timePasses().expect().held("A did not answer")
                .retry()
                .expect().dueIn(Duration.ofSeconds(10)).expect().status(SagaStatus.RUNNING)
                .reply("A", true, null, "{}")
                .expect().completed();
    }

    @Test
    void timeSpentHeldDoesNotCountAgainstTheDeadline() {
        given(step("A").onExhausted(OnExhausted.HOLD)).start("{}")
                .expect().command("A").andGiven().failureReply("NO", "No.", false)
                .timePasses(Duration.ofDays(5))
                .retry()
                .expect().command("A").attempt(2)
                .andGiven().timePasses(Duration.ofSeconds(1)).successReply()
                .expect().completed();
    }

    @Test
    void aSkipGoesOnAsIfTheStepHadSucceeded() {
        given(step("A").onExhausted(OnExhausted.HOLD), step("B")).start("{}")
                .expect().command("A").andGiven().failureReply("NO", "No.", false)
                .skip()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().compensated("B failed: No.");
    }

    @Test
    void aStepSkippedWhileItMayHaveHappenedIsUndoneLater() {
        given(step("A"), step("B")).start("{}").expect().command("A").andGiven().skip()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA");
    }

    @Test
    void aSkippedStepThatTurnsOutToHaveHappenedIsUndoneLater() {
        given(step("A").onExhausted(OnExhausted.HOLD), step("B")).start("{}")
                .expect().command("A").andGiven().failureReply("NO", "No.", false)
                .skip()
                .expect().command("B").andGiven().reply("A", true, 1, "{}")
                .reply("B", false, 1, "{\"retryable\":false}")
                .expect().command("UndoA");
    }

    @Test
    void aSkippedPivotIsPassed() {
        given(step("A"), step("P").pivot().attempts(1), step("Z").afterPivot()).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().timePasses()
                .skip()
                .expect().command("Z").andGiven().cancel().expect().refused("point of no return");
    }

    @Test
    void aSkippedCompensationCountsAsDone() {
        given(step("A"), step("B")).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA").andGiven().failureReply("NO", "Cannot.", false)
                .skip()
                .expect().compensated("B failed: No.");
    }

    @Test
    void aCancelUndoesWhatHasBeenDoneAndWhatMayBe() {
        var saga = given(step("A"), step("B")).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().cancel()
                .expect().command("UndoB").andGiven().successReply()
                .expect().command("UndoA").without("failed").andGiven().successReply()
                .expect().compensated("Cancelled by ann: changed our mind");
        assertThat(saga.state().failedStep()).isNull();
    }

    @Test
    void aCancelLiftsThePauseAndTakesKeptRepliesForHappened() {
        given(step("A"), step("B").waiting()).start("{}").expect().command("A").andGiven()
                .pause().successReply().reply("B", true, null, "{}")
                .cancel()
                .expect().command("UndoB").andGiven().successReply()
                .expect().command("UndoA").andGiven().successReply()
                .expect().compensated("Cancelled by ann");
    }

    @Test
    void aCancelIsRefusedWhileThePivotMayBeHappening() {
        given(step("A"), step("P").pivot()).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().cancel().expect().refused("P, the point of no return, may be happening")
                .timePasses().cancel().expect().refused("may be happening")
                .timePasses().expect().command("P").attempt(2)
                .andGiven().pause().successReply().cancel().expect().refused("past its point of no return")
                .resume().expect().completed();
    }

    @Test
    void aHeldPivotCanBeCancelledByWhoHasLooked() {
        given(step("A"), step("P").pivot().attempts(1)).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().timePasses().expect().held("P did not answer")
                .cancel()
                .expect().command("UndoA");
    }

    @Test
    void aSagaThatIsBeingUndoneIsNotCancelledAgain() {
        given(step("A"), step("B")).start("{}").expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA").andGiven().cancel().expect().refused("being undone already");
    }
}

package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.SagaScenario.given;
import static io.mediasaga.orchestrator.engine.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void aRefusalIsFinalAndTheStepItselfNeedsNoUndoing() {
        given(step("First"), step("Second")).start("{}").expect().command("First")
                .andGiven().successReply()
                .expect().command("Second")
                .andGiven().failureReply("FULL", "No seat is free.", false)
                .expect().command("UndoFirst").to("commands.first.undo").attempt(1).undoing("FIRST")
                .with("reason", "Second failed: No seat is free.").with("failed", "SECOND")
                .andGiven().successReply()
                .expect().compensated("Second failed: No seat is free.");
    }

    @Test
    void aRetryableFailureIsTriedAgainWithGrowingPauses() {
        given(step("First")).start("{}").expect().command("First").attempt(1)
                .andGiven().failureReply("BUSY", "Later.", true)
                .expect().nothing().expect().dueIn(Duration.ofSeconds(1))
                .timePasses()
                .expect().command("First").attempt(2)
                .andGiven().failureReply("BUSY", "Later.", true)
                .expect().dueIn(Duration.ofSeconds(2))
                .timePasses()
                .expect().command("First").attempt(3)
                .andGiven().failureReply("BUSY", "Later.", true)
                .expect().compensated("First failed: Later.");
    }

    @Test
    void whatTimedOutMayHaveHappenedAndIsUndoneToo() {
        given(step("First").attempts(2)).start("{}").expect().command("First")
                .andGiven().timePasses().expect().written(Kind.TIMED_OUT)
                .timePasses()
                .expect().command("First").attempt(2)
                .andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoFirst")
                .andGiven().successReply()
                .expect().compensated("First failed: No.");
    }

    @Test
    void theFirstSuccessCountsWhateverItsAttempt() {
        given(step("First"), step("Second")).start("{}").expect().command("First")
                .andGiven().timePasses().timePasses()
                .expect().command("First").attempt(2)
                .andGiven().reply("FIRST", true, 1, "{}")
                .expect().command("Second");
    }

    @Test
    void aSuccessDuringThePauseBetweenAttemptsCounts() {
        given(step("First"), step("Second")).start("{}").expect().command("First")
                .andGiven().timePasses()
                .expect().nothing()
                .reply("FIRST", true, 1, "{}")
                .expect().command("Second");
    }

    @Test
    void aFailureCountsOnlyForTheAttemptThatIsOut() {
        given(step("First")).start("{}").expect().command("First")
                .andGiven().timePasses()
                .reply("FIRST", false, 1, "{}").expect().unchanged(Cause.LATE)
                .timePasses()
                .expect().command("First").attempt(2)
                .andGiven().reply("FIRST", false, 1, "{\"retryable\":false}").expect().unchanged(Cause.LATE)
                .reply("FIRST", false, null, "{\"retryable\":false}")
                .expect().command("UndoFirst");
    }

    @Test
    void aStepThatWaitsGetsOneTimeoutAndNoFurtherAttempt() {
        given(step("First"), step("Second").waiting()).start("{}").expect().command("First")
                .andGiven().successReply()
                .expect().nothing()
                .timePasses()
                .expect().command("UndoSecond").andGiven().successReply()
                .expect().command("UndoFirst").andGiven().successReply()
                .expect().compensated("Second did not answer within 10s.");
    }

    @Test
    void undoesInReverseOrderAndPassesOverWhatLeavesNothing() {
        given(step("A"), step("B").nothingToUndo(), step("C"), step("D")).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().successReply()
                .expect().command("C").andGiven().successReply()
                .expect().command("D").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoC").andGiven().successReply()
                .expect().command("UndoA").andGiven().successReply()
                .expect().written(Kind.NOTHING_TO_UNDO)
                .expect().compensated("D failed: No.");
    }

    @Test
    void aCompensationIsTriedAgainAndThenHeldNeverForgotten() {
        given(step("A"), step("B")).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA").attempt(1).andGiven().failureReply("BUSY", "Busy.", true)
                .timePasses()
                .expect().command("UndoA").attempt(2).andGiven().timePasses()
                .expect().held("UndoA did not answer")
                .retry()
                .expect().command("UndoA").attempt(3).andGiven().successReply()
                .expect().compensated("B failed: No.");
    }

    @Test
    void aLateSuccessOfAHeldCompensationFreesTheSaga() {
        given(step("A"), step("B")).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA").andGiven().failureReply("NO", "Cannot.", false)
                .expect().held("UndoA failed: Cannot.")
                .reply("UNDO_A", true, 1, "{}")
                .expect().compensated("B failed: No.");
    }

    @Test
    void whatTurnsOutToHaveHappenedWhileUndoingIsUndoneAsWell() {
        given(step("A"), step("B"), step("C").waiting()).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA")
                .andGiven().reply("C", true, null, "{}").expect().nothing()
                .reply("UNDO_A", true, 1, "{}")
                .expect().command("UndoC").andGiven().successReply()
                .expect().compensated("B failed: No.");
    }

    @Test
    void aKeptReplyOfALaterStepIsUndoneWhenTheSagaTurnsBack() {
        given(step("A"), step("B").waiting()).start("{}")
                .expect().command("A").andGiven().reply("B", true, null, "{}")
                .failureReply("NO", "No.", false)
                .expect().command("UndoB").andGiven().successReply()
                .expect().compensated("A failed: No.");
    }

    @Test
    void afterThePivotThereIsOnlyForward() {
        given(step("A"), step("P").pivot(), step("Z").afterPivot().attempts(1)).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().successReply()
                .expect().command("Z").andGiven().failureReply("NO", "No.", false)
                .expect().held("Z failed: No.")
                .retry()
                .expect().command("Z").attempt(2).andGiven().successReply()
                .expect().completed();
    }

    @Test
    void aPivotWithUnknownOutcomeIsHeldWhateverTheDefinitionSays() {
        given(step("A"), step("P").pivot().onExhausted(OnExhausted.COMPENSATE).attempts(1)).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().timePasses()
                .expect().held("P did not answer")
                .reply("P", true, 1, "{}")
                .expect().completed();
    }

    @Test
    void aPivotThatCertainlyFailedMayTurnBack() {
        given(step("A"), step("P").pivot().onExhausted(OnExhausted.COMPENSATE)).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().failureReply("NO", "No.", false)
                .expect().command("UndoA");
    }

    @Test
    void aStepMayAskForAPerson() {
        given(step("A").onExhausted(OnExhausted.HOLD)).start("{}")
                .expect().command("A").andGiven().failureReply("NO", "No.", false)
                .expect().held("A failed: No.")
                .cancel()
                .expect().compensated("Cancelled by ann: changed our mind");
    }

    @Test
    void theDeadlineTurnsTheSagaBack() {
        var saga = given(step("A"), step("B").timeout(Duration.ofHours(9))).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("B").andGiven();
        saga.expect().dueIn(TestDefinitions.DEADLINE);
        saga.timePasses()
                .expect().command("UndoB").andGiven().successReply()
                .expect().command("UndoA").andGiven().successReply()
                .expect().written(Kind.ABANDONED)
                .expect().compensated("The saga was not done within 2h; it was at B.");
    }

    @Test
    void theDeadlineDoesNotTouchAPivotThatMayBeHappening() {
        given(step("A"), step("P").pivot().timeout(Duration.ofHours(9)).attempts(1)).start("{}")
                .expect().command("A").andGiven().successReply()
                .expect().command("P").andGiven().timePasses(Duration.ofHours(3))
                .expect().unchanged(Cause.TOO_EARLY)
                .timePasses()
                .expect().held("P did not answer within 9h.");
    }

    @Test
    void nothingHappensAfterTheEnd() {
        var saga = given(step("A")).start("{}").expect().command("A").andGiven().successReply()
                .expect().completed();
        SagaState end = saga.state();
        saga.reply("A", true, 1, "{}").expect().unchanged(Cause.LATE)
                .reply("UNDO_A", true, 1, "{}").expect().unchanged(Cause.LATE)
                .timePasses(Duration.ofDays(9)).expect().unchanged(Cause.TOO_EARLY)
                .cancel().expect().refused("has ended COMPLETED");
        assertThat(saga.state()).isSameAs(end);
    }

    @Test
    void reasonsAreCutToWhatAnybodyReads() {
        var saga = given(step("A")).start("{}").expect().command("A")
                .andGiven().failureReply("NO", "x".repeat(5000), false);
        assertThat(saga.state().reason()).hasSizeLessThan(1100).endsWith("…");
    }
}

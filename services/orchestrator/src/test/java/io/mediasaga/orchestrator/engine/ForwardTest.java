package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.SagaScenario.given;
import static io.mediasaga.orchestrator.engine.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.engine.Decision.Cause;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForwardTest {

    private static final String DATA = "{\"city\":\"Rome\",\"nights\":3}";

    @Test
    void goesThroughItsStepsInOrder() {
        given(TestDefinitions.trip())
                .start(DATA)
                .expect().command("BookHotel").to("commands.bookhotel").attempt(1)
                .with("city", "Rome").with("days", 3).with("deadline", "2026-01-10T14:00:00Z").without("nights")
                .andGiven().successReply("{\"room\":12,\"price\":80,\"other\":1}")
                .expect().command("BookFlight").to("commands.bookflight").with("room", 12).without("price")
                .andGiven().successReply()
                .expect().nothing()
                .reply("WAIT_PAID", true, null, "{\"payment\":\"p1\"}")
                .expect().command("Confirm").with("payment", "p1")
                .andGiven().successReply()
                .expect().command("SendTickets").with("id", "s1")
                .andGiven().successReply()
                .expect().completed();
    }

    @Test
    void keepsOnlyTheListedFieldsOfAReply() {
        var saga = given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().successReply("{\"room\":null,\"price\":80,\"city\":\"Oslo\"}");
        assertThat(saga.state().data().toString()).isEqualTo("{\"city\":\"Rome\",\"nights\":3,\"hotel_price\":80}");
    }

    @Test
    void tellsEverybodyWhenItIsDone() {
        given(step("Only")).start("{}").expect().command("Only").andGiven().successReply()
                .expect().command("SagaCompleted").to("events.saga.completed")
                .with("definition", "trip").with("outcome", "COMPLETED").without("reason").without("failed_step");
    }

    @Test
    void aReplyThatOvertakesIsKeptUntilTheSagaIsThere() {
        var saga = given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().reply("WAIT_PAID", true, null, "{\"payment\":\"p1\"}")
                .expect().nothing()
                .successReply()
                .expect().command("BookFlight")
                .andGiven().successReply()
                .expect().command("Confirm").with("payment", "p1").andGiven();
        assertThat(saga.state().kept()).isEmpty();
        saga.expect().written(Kind.REPLY_KEPT);
    }

    @Test
    void aFailureOfAWaitingStepThatOvertakesIsKeptToo() {
        given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().reply("WAIT_PAID", false, null, "{\"reason\":\"The card is blocked.\"}")
                .successReply()
                .expect().command("BookFlight")
                .andGiven().successReply()
                .expect().command("UndoBookFlight").with("reason", "WaitPaid failed: The card is blocked.");
    }

    @Test
    void onlyOneReplyIsKeptForEachStep() {
        var saga = given(TestDefinitions.trip()).start(DATA);
        for (int i = 0; i < 50; i++) {
            saga.reply("WAIT_PAID", false, null, "{}").reply("WAIT_PAID", true, null, "{\"payment\":\"p" + i + "\"}");
        }
        assertThat(saga.state().kept()).singleElement().satisfies(kept -> {
            assertThat(kept.success()).isTrue();
            assertThat(kept.fields().toString()).contains("p0");
        });
    }

    @Test
    void aFailureOfACommandThatWasNotSentChangesNothing() {
        given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().reply("BOOK_FLIGHT", false, null, "{}")
                .expect().unchanged(Cause.LATE);
    }

    @Test
    void aReplyThatComesAgainChangesNothing() {
        given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().successReply()
                .expect().command("BookFlight")
                .andGiven().reply("BOOK_HOTEL", true, 1, "{}")
                .expect().unchanged(Cause.LATE)
                .expect().written(Kind.REPLY_LATE);
    }

    @Test
    void messagesThatAnswerNoStepAreNoReplies() {
        var saga = given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel").andGiven();
        saga.trigger(new Trigger.Reply("events.bookhotel", "BookHotelProgress", "BOOK_HOTEL", 1, "{}"))
                .expect().unchanged(Cause.NO_REPLY);
        saga.trigger(new Trigger.Reply("events.other", "BookHotelDone", "BOOK_HOTEL", 1, "{}"))
                .expect().unchanged(Cause.NO_REPLY);
        saga.trigger(new Trigger.Reply("events.bookhotel", "BookHotelDone", "ELSEWHERE", 1, "{}"))
                .expect().unchanged(Cause.NO_REPLY);
        assertThat(saga.history()).hasSize(1);
    }

    @Test
    void malformedPayloadsOfRepliesCountAsEmptyOnes() {
        given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().successReply("[1,")
                .expect().command("BookFlight").without("room")
                .andGiven().reply("BOOK_FLIGHT", false, 1, "{\"code\":{},\"reason\":7,\"retryable\":\"no\"}")
                .expect().nothing()
                .timePasses()
                .expect().command("BookFlight").attempt(2);
    }

    @Test
    void dataThatGrowsTooLargeTurnsTheSagaBack() {
        given(TestDefinitions.trip()).start(DATA).expect().command("BookHotel")
                .andGiven().successReply("{\"room\":\"" + "x".repeat(2000) + "\"}")
                .expect().command("UndoBookHotel").with("failed", "BOOK_HOTEL")
                .andGiven().successReply()
                .expect().compensated("larger than 1024 bytes");
    }

    @Test
    void anEarlyReplyThatIsTooLargeIsNotKeptButUndone() {
        given(step("First"), step("Second").waiting().keeping("a")).start("{}").expect().command("First")
                .andGiven().reply("SECOND", true, null, "{\"a\":\"" + "x".repeat(2000) + "\"}")
                .successReply()
                .expect().command("UndoSecond").andGiven().successReply()
                .expect().command("UndoFirst").andGiven().successReply()
                .expect().compensated("larger than 1024 bytes");
    }

    @Test
    void theHistoryHasALineForEachAttemptWithItsTimes() {
        var saga = given(step("Only")).start("{}").expect().command("Only")
                .andGiven().timePasses(Duration.ofSeconds(3)).successReply();
        assertThat(saga.history()).extracting(HistoryEntry::kind)
                .containsExactly(Kind.SAGA_STARTED, Kind.SUCCEEDED, Kind.SAGA_COMPLETED);
        assertThat(saga.history().get(1)).satisfies(line -> {
            assertThat(line.step()).isEqualTo("Only");
            assertThat(line.attempt()).isEqualTo(1);
            assertThat(Duration.between(line.since(), line.at())).hasSeconds(3);
        });
    }
}

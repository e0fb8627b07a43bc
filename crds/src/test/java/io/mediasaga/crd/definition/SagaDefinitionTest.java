package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is run: every default filled in, and everything found that is looked for. */
class SagaDefinitionTest {

    private final SagaDefinition least = Definitions.load(Definitions.LEAST);
    private final SagaDefinition everything = Definitions.load(Definitions.EVERYTHING);

    @Test
    void fillsInWhatIsNotSaid() {
        ResolvedStep step = least.steps().getFirst();

        assertThat(least.data()).isEqualTo(new DataRules(null, null, null, null, 65_536));
        assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(step.retry()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(step.failure()).isNull();
        assertThat(step.compensation()).isNull();
        assertThat(step.nothingToUndo()).isEqualTo("Work once done does no harm");
        assertThat(step.pivot()).isFalse();
        assertThat(step.onExhausted()).isEqualTo(OnExhausted.COMPENSATE);
    }

    @Test
    void takesFromItsOwnDefaultsFirst() {
        ResolvedStep payment = everything.steps().get(2);

        assertThat(payment.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(payment.retry())
                .isEqualTo(new RetryPolicy(3, Duration.ofMillis(500), 1.5, Duration.ofSeconds(90)));
    }

    @Test
    void fillsARetryThatIsSaidInPart() {
        ResolvedStep place = everything.steps().getFirst();

        assertThat(place.retry()).isEqualTo(new RetryPolicy(2, Duration.ZERO, 1.5, Duration.ofSeconds(90)));
        assertThat(place.compensation().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(place.compensation().retry())
                .isEqualTo(new RetryPolicy(10, Duration.ofMillis(500), 1.5, Duration.ofMinutes(5)));
    }

    @Test
    void waitsOnceWhereThereIsNoCommand() {
        assertThat(everything.steps().get(1).retry()).isEqualTo(RetryPolicy.ONCE);
    }

    @Test
    void holdsFromThePivotOnUnlessTold() {
        SagaDefinition sample = Definitions.load(Definitions.SAMPLE);

        assertThat(everything.steps())
                .extracting(ResolvedStep::onExhausted)
                .containsExactly(OnExhausted.COMPENSATE, OnExhausted.HOLD, OnExhausted.COMPENSATE, OnExhausted.HOLD);
        assertThat(sample.steps().getLast().onExhausted()).isEqualTo(OnExhausted.HOLD);
    }

    @Test
    void knowsThePivot() {
        assertThat(everything.pivotIndex()).isEqualTo(OptionalInt.of(2));
        assertThat(List.of(everything.pointOfNoReturn(1), everything.pointOfNoReturn(2), everything.pointOfNoReturn(3)))
                .containsExactly(false, true, true);
        assertThat(least.pivotIndex()).isEmpty();
        assertThat(least.pointOfNoReturn(0)).isFalse();
    }

    @Test
    void findsStepsByEitherName() {
        assertThat(everything.indexOf("AwaitApproval")).isEqualTo(OptionalInt.of(1));
        assertThat(everything.indexOf("AWAIT_APPROVAL")).isEqualTo(OptionalInt.of(1));
        assertThat(everything.indexOf("CancelOrder")).isEmpty();
    }

    @Test
    void knowsRepliesByTopicTypeAndStep() {
        assertThat(everything.match("events.order.placed", "OrderPlaced", "PLACE_ORDER")).hasValueSatisfying(match -> {
            assertThat(match.step()).isZero();
            assertThat(match.success()).isTrue();
            assertThat(match.compensation()).isFalse();
            assertThat(match.reply().data())
                    .containsExactly(new KeptField("number", "order_number"), new KeptField("amount", "amount"));
        });
        assertThat(everything.match("events.order.failed", "OrderCancelFailed", "CANCEL_ORDER"))
                .hasValueSatisfying(match -> {
                    assertThat(match.compensation()).isTrue();
                    assertThat(match.success()).isFalse();
                });
    }

    @Test
    void knowsNoReplyThatDiffersInOne() {
        assertThat(everything.match("events.order.other", "OrderPlaced", "PLACE_ORDER")).isEmpty();
        assertThat(everything.match("events.order.placed", "OrderOther", "PLACE_ORDER")).isEmpty();
        assertThat(everything.match("events.order.placed", "OrderPlaced", "TAKE_PAYMENT")).isEmpty();
        assertThat(everything.match("events.order.placed", "OrderPlaced", null)).isEmpty();
    }

    @Test
    void knowsItsTopics() {
        assertThat(everything.replyTopics())
                .containsExactly(
                        "events.order.placed",
                        "events.order.failed",
                        "events.order.cancelled",
                        "events.order.approved",
                        "events.payment.taken",
                        "events.payment.failed",
                        "events.receipt.sent");
        assertThat(everything.sentTopics())
                .containsExactly(
                        "commands.order.place",
                        "commands.order.cancel",
                        "commands.payment.take",
                        "commands.receipt.send",
                        "events.saga.completed",
                        "events.saga.compensated");
        assertThat(everything.deadLetterTopics()).containsExactly("deadletters.orders", "deadletters.payments");
    }

    @Test
    void readsPayloads() {
        assertThat(everything.steps().getFirst().command().payload())
                .containsExactly(
                        new PayloadField.OfData("order_id", "order_id"),
                        new PayloadField.OfData("amount", "sum"),
                        new PayloadField.OfData("note", "note"),
                        new PayloadField.OfSaga(SagaField.ID, "saga"),
                        new PayloadField.OfSaga(SagaField.DEADLINE, "deadline"),
                        new PayloadField.OfSaga(SagaField.REQUEST_ID, "request"));
        assertThat(everything.steps().getFirst().compensation().command().payload())
                .contains(
                        new PayloadField.OfSaga(SagaField.REASON, "why"),
                        new PayloadField.OfSaga(SagaField.FAILED_STEP, "failed_step"));
    }

    @Test
    void isNeverMadeOfWhatIsWrong() {
        MediaSagaSpec nothing = new MediaSagaSpec("1h", null, null, null, null, null, List.of(), List.of());

        assertThatExceptionOfType(InvalidDefinitionException.class)
                .isThrownBy(() -> SagaDefinitions.resolve("nothing", nothing))
                .withMessageContaining("spec.participants")
                .withMessageContaining("spec.steps");
    }
}

package io.mediasaga.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A saga without broker, database or clock:
 *
 * <pre>{@code
 * given(definition).start("{}")
 *     .expect().command("BookHotel").to("commands.bookhotel")
 *     .andGiven().failureReply("FULL", "No room is free.", false)
 *     .expect().ended(SagaStatus.COMPENSATED);
 * }</pre>
 *
 * <p>After each step the state goes through its JSON form, as it does in a restart.
 */
final class SagaScenario {

    static final Instant BEGINNING = Instant.parse("2026-01-10T12:00:00Z");

    private final SagaEngine engine = new SagaEngine();
    private final SagaDefinition definition;
    private final Deque<Outgoing> unseen = new ArrayDeque<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private Instant now = BEGINNING;
    private @Nullable Instant due;
    private SagaState state;
    private Outgoing lastCommand;
    private Decision last;

    private SagaScenario(SagaDefinition definition) {
        this.definition = definition;
    }

    static SagaScenario given(SagaDefinition definition) {
        return new SagaScenario(definition);
    }

    static SagaScenario given(StepBuilder... steps) {
        return given(TestDefinitions.of(steps));
    }

    SagaScenario start(String data) {
        take(engine.start(definition, new Trigger.Start("s1", Json.read(data, ObjectNode.class), "r1"), now));
        return this;
    }

    SagaScenario andGiven() {
        return this;
    }

    // What happens

    SagaScenario successReply() {
        return successReply("{}");
    }

    SagaScenario successReply(String payload) {
        return reply(lastCommand.step(), true, lastCommand.attempt(), payload);
    }

    SagaScenario failureReply(String code, String reason, boolean retryable) {
        String payload = Json.write(Map.of("code", code, "reason", reason, "retryable", retryable));
        return reply(lastCommand.step(), false, lastCommand.attempt(), payload);
    }

    /** A reply of any step or compensation, by its wire name. */
    SagaScenario reply(String step, boolean success, @Nullable Integer attempt, String payload) {
        return trigger(reply(definition, step, success, attempt, payload));
    }

    static Trigger.Reply reply(
            SagaDefinition definition, String wireName, boolean success, @Nullable Integer attempt, String payload) {
        for (var step : definition.steps()) {
            var undo = step.compensation();
            if (step.wireName().equals(wireName)) {
                var as = success ? step.success() : step.failure();
                return new Trigger.Reply(as.topic(), as.type(), wireName, attempt, payload);
            }
            if (undo != null && undo.wireName().equals(wireName)) {
                var as = success ? undo.success() : undo.failure();
                return new Trigger.Reply(as.topic(), as.type(), wireName, attempt, payload);
            }
        }
        throw new IllegalArgumentException("there is no step " + wireName);
    }

    SagaScenario trigger(Trigger trigger) {
        take(engine.decide(definition, state, trigger, now));
        return this;
    }

    /** Time goes by until the saga moves by itself. */
    SagaScenario timePasses() {
        assertThat(due).as("the saga waits for something to become due").isNotNull();
        now = due;
        return trigger(new Trigger.Timer());
    }

    /** Time goes by, some of which counts for no timeout. */
    SagaScenario timePasses(Duration duration, Standstill... standstills) {
        now = now.plus(duration);
        return trigger(new Trigger.Timer(Instant.MAX, List.of(standstills), false));
    }

    /** Time goes by in which the command cannot be sent. */
    SagaScenario timePassesUnsent(Duration duration) {
        now = now.plus(duration);
        return trigger(new Trigger.Timer(Instant.MAX, List.of(), true));
    }

    /** Time goes by, and replies are not heard for as long as that. */
    SagaScenario timePassesUnheard(Duration duration) {
        now = now.plus(duration);
        return trigger(new Trigger.Timer(now.minus(duration), List.of(), false));
    }

    SagaScenario pause() {
        return trigger(new Trigger.Pause("ann", "look"));
    }

    SagaScenario resume() {
        return trigger(new Trigger.Resume("ann", "looked"));
    }

    SagaScenario retry() {
        return trigger(new Trigger.Retry("ann", "again"));
    }

    SagaScenario skip() {
        return trigger(new Trigger.Skip("ann", "not needed"));
    }

    SagaScenario cancel() {
        return trigger(new Trigger.Cancel("ann", "changed our mind"));
    }

    private void take(Decision decision) {
        last = decision;
        switch (decision) {
            case Decision.Changed changed -> {
                SagaState restored = StateCodec.read(StateCodec.write(changed.state()));
                assertThat(restored).isEqualTo(changed.state());
                state = restored;
                due = changed.due();
                unseen.addAll(changed.messages());
                history.addAll(changed.history());
            }
            case Decision.Unchanged unchanged -> {
                due = unchanged.due();
                history.addAll(unchanged.history());
            }
            case Decision.Refused _ -> {}
        }
    }

    // What is expected of it

    Expectation expect() {
        return new Expectation();
    }

    SagaState state() {
        return state;
    }

    List<HistoryEntry> history() {
        return history;
    }

    final class Expectation {

        /** The next message is this command. */
        Sent command(String type) {
            assertThat(unseen).as("messages sent and not looked at yet").isNotEmpty();
            Outgoing message = unseen.removeFirst();
            assertThat(message.type()).isEqualTo(type);
            lastCommand = message;
            return new Sent(message);
        }

        SagaScenario nothing() {
            assertThat(unseen).as("messages sent and not looked at yet").isEmpty();
            return SagaScenario.this;
        }

        SagaScenario status(SagaStatus status) {
            assertThat(state.status()).isEqualTo(status);
            return SagaScenario.this;
        }

        SagaScenario held(String because) {
            assertThat(state.status()).isEqualTo(SagaStatus.HELD);
            assertThat(state.heldReason()).contains(because);
            assertThat(due).as("a held saga does not move by itself").isNull();
            return nothing();
        }

        SagaScenario completed() {
            ended(SagaStatus.COMPLETED);
            return command("SagaCompleted").to("events.saga.completed").nothing();
        }

        SagaScenario compensated(String because) {
            ended(SagaStatus.COMPENSATED);
            assertThat(state.reason()).contains(because);
            return command("SagaCompensated").to("events.saga.compensated").with("reason", state.reason()).nothing();
        }

        private void ended(SagaStatus status) {
            assertThat(state.status()).isEqualTo(status);
            assertThat(state.endedAt()).isEqualTo(now);
            assertThat(due).isNull();
        }

        SagaScenario dueIn(Duration duration) {
            assertThat(due).isEqualTo(now.plus(duration));
            return SagaScenario.this;
        }

        SagaScenario refused(String why) {
            assertThat(last).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.why()).contains(why);
                assertThat(refused.remedy()).isNotBlank();
            });
            return nothing();
        }

        SagaScenario unchanged(Decision.Cause cause) {
            assertThat(last).isInstanceOfSatisfying(
                    Decision.Unchanged.class, unchanged -> assertThat(unchanged.cause()).isEqualTo(cause));
            return nothing();
        }

        SagaScenario written(HistoryEntry.Kind kind) {
            assertThat(history).extracting(HistoryEntry::kind).contains(kind);
            return SagaScenario.this;
        }
    }

    final class Sent {
        private final Outgoing message;

        private Sent(Outgoing message) {
            this.message = message;
        }

        Sent to(String topic) {
            assertThat(message.topic()).isEqualTo(topic);
            return this;
        }

        Sent attempt(int attempt) {
            assertThat(message.attempt()).isEqualTo(attempt);
            return this;
        }

        Sent undoing(String step) {
            assertThat(message.compensates()).isEqualTo(step);
            return this;
        }

        Sent with(String field, Object value) {
            assertThat(payload().get(field)).as(field).isNotNull();
            assertThat(payload().get(field).asString()).isEqualTo(String.valueOf(value));
            return this;
        }

        Sent without(String field) {
            assertThat(payload().has(field)).as(field).isFalse();
            return this;
        }

        private ObjectNode payload() {
            return Json.read(message.payload(), ObjectNode.class);
        }

        SagaScenario andGiven() {
            return SagaScenario.this;
        }

        Expectation expect() {
            return SagaScenario.this.expect();
        }

        SagaScenario nothing() {
            return expect().nothing();
        }
    }
}

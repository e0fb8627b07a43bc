package io.mediasaga.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One random saga against participants that lose, delay, repeat and reorder whatever they like, and keep the contract: a
 * failure leaves no effect, a compensation that succeeds leaves none either, not even of a command that comes later.
 */
final class RandomRun {

    private static final int LONGEST = 20_000;

    private final Random random;
    private final SagaDefinition definition;
    private final SagaEngine engine = new SagaEngine();
    private Instant now = SagaScenario.BEGINNING;
    private @Nullable Instant due;
    private SagaState state;

    private final List<Outgoing> commands = new ArrayList<>();
    private final List<Trigger.Reply> replies = new ArrayList<>();
    private final List<Outgoing> ends = new ArrayList<>();
    private final List<Standstill> standstills = new ArrayList<>();

    /** What the participants have done: steps in effect, and steps undone for ever. */
    private final Set<String> inEffect = new HashSet<>();
    private final Set<String> undone = new HashSet<>();
    /** The participants' inbox: a message that comes again has no effect but the same answer. */
    private final Map<Outgoing, Boolean> outcomes = new IdentityHashMap<>();

    private final Map<String, Integer> firstUndo = new HashMap<>();
    private int undoCount;
    private boolean operator;

    RandomRun(Random random) {
        this.random = random;
        this.definition = definition();
        this.operator = random.nextInt(4) == 0;
    }

    private SagaDefinition definition() {
        int count = 1 + random.nextInt(6);
        int pivot = random.nextInt(3) == 0 ? -1 : random.nextInt(count);
        var steps = new ArrayList<StepBuilder>();
        for (int i = 0; i < count; i++) {
            var step = StepBuilder.step("S" + (char) ('a' + i)).attempts(1 + random.nextInt(3)).keeping("f" + i);
            if (i == pivot) {
                step.pivot();
            } else if (pivot >= 0 && i > pivot) {
                step.afterPivot();
            } else if (random.nextInt(5) == 0) {
                step.nothingToUndo();
            }
            if (random.nextInt(4) == 0) {
                step.waiting();
            }
            if (random.nextInt(8) == 0) {
                step.onExhausted(random.nextBoolean() ? OnExhausted.HOLD : OnExhausted.COMPENSATE);
            }
            steps.add(step.timeout(Duration.ofSeconds(1 + random.nextInt(100))));
        }
        return TestDefinitions.of(steps);
    }

    SagaStatus play() {
        take(engine.start(definition, new Trigger.Start("s", Data.empty(), null), now));
        for (int i = 0; i < LONGEST && !state.status().ended(); i++) {
            act(i > LONGEST / 2);
        }
        assertThat(state.status().ended()).as("ends at last, but is " + state).isTrue();
        afterTheEnd();
        check();
        return state.status();
    }

    /** One thing happens; towards the end of patience only helpful ones. */
    private void act(boolean helpful) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> carryOut();
            case 3, 4, 5 -> deliver();
            case 6 -> event();
            case 7 -> passTime();
            case 8 -> operate(helpful);
            default -> nudge();
        }
    }

    /** A participant takes a command, in any order, perhaps not for the last time. */
    private void carryOut() {
        if (commands.isEmpty()) {
            return;
        }
        int which = random.nextInt(commands.size());
        Outgoing command = random.nextInt(5) == 0 ? commands.get(which) : commands.remove(which);
        boolean answers = random.nextInt(8) != 0;
        boolean succeeds = outcomes.computeIfAbsent(command, this::effect);
        if (answers) {
            boolean definite = random.nextInt(3) == 0;
            Integer attempt = random.nextInt(6) == 0 ? null : command.attempt();
            String payload = succeeds ? "{\"f0\":1}" : "{\"retryable\":" + !definite + "}";
            replies.add(SagaScenario.reply(definition, command.step(), succeeds, attempt, payload));
        }
    }

    private boolean effect(Outgoing command) {
        boolean succeeds = random.nextInt(4) != 0;
        if (command.compensates() != null) {
            if (succeeds) {
                inEffect.remove(command.compensates());
                undone.add(command.compensates());
            }
        } else if (undone.contains(command.step())) {
            succeeds = false;
        } else if (inEffect.contains(command.step())) {
            succeeds = true;
        } else if (succeeds) {
            inEffect.add(command.step());
        }
        return succeeds;
    }

    private void deliver() {
        if (replies.isEmpty()) {
            return;
        }
        int which = random.nextInt(replies.size());
        Trigger.Reply reply = random.nextInt(5) == 0 ? replies.get(which) : replies.remove(which);
        decide(reply);
    }

    /** Something that a step without command waits for comes about, at any time. */
    private void event() {
        ResolvedStep step = definition.steps().get(random.nextInt(definition.steps().size()));
        if (step.command() == null && !undone.contains(step.wireName())) {
            boolean happened = inEffect.contains(step.wireName()) || random.nextInt(3) != 0;
            if (happened) {
                inEffect.add(step.wireName());
            }
            replies.add(SagaScenario.reply(definition, step.wireName(), happened, null, "{}"));
        }
    }

    private void passTime() {
        Instant before = now;
        now = now.plusMillis(random.nextInt(20_000));
        if (random.nextInt(10) == 0) {
            standstills.add(new Standstill(before, now));
        }
        Instant heardUntil = random.nextInt(5) == 0 ? before : now;
        decide(new Trigger.Timer(heardUntil, standstills, random.nextInt(5) == 0));
    }

    private void nudge() {
        if (due != null && random.nextInt(3) == 0) {
            now = due.isAfter(now) ? due : now;
            decide(new Trigger.Timer());
        }
    }

    private void operate(boolean helpful) {
        if (state.status() == SagaStatus.HELD && !state.paused()) {
            decide(new Trigger.Retry("ann", "again"));
        } else if (state.paused()) {
            decide(new Trigger.Resume("ann", "go on"));
        } else if (operator && !helpful) {
            decide(
                    switch (random.nextInt(40)) {
                        case 0 -> new Trigger.Cancel("ann", "no");
                        case 1, 2, 3 -> new Trigger.Pause("ann", "wait");
                        case 4 -> new Trigger.Retry("ann", "again");
                        case 5 -> state.beingUndone() ? new Trigger.Timer() : new Trigger.Skip("ann", "not needed");
                        default -> new Trigger.Timer();
                    });
        }
    }

    private void decide(Trigger trigger) {
        take(engine.decide(definition, state, trigger, now));
    }

    private void take(Decision decision) {
        switch (decision) {
            case Decision.Changed changed -> {
                state = StateCodec.read(StateCodec.write(changed.state()));
                assertThat(state).isEqualTo(changed.state());
                due = changed.due();
                changed.messages().forEach(this::sent);
            }
            case Decision.Unchanged unchanged -> due = unchanged.due();
            case Decision.Refused _ -> {}
        }
        boolean movesByItself = due != null;
        boolean stands = state.status().ended() || state.status() == SagaStatus.HELD || state.paused();
        assertThat(movesByItself).as("moves by itself unless it stands: " + state).isEqualTo(!stands);
        assertThat(state.kept().size()).isLessThanOrEqualTo(2 * definition.steps().size());
    }

    private void sent(Outgoing message) {
        if (message.topic().startsWith("events.")) {
            ends.add(message);
            return;
        }
        assertThat(ends).as("commands after the end").isEmpty();
        if (message.compensates() != null) {
            firstUndo.putIfAbsent(message.compensates(), undoCount++);
        } else {
            assertThat(firstUndo).as("commands of steps once the saga turned back").isEmpty();
        }
        commands.add(message);
    }

    private void afterTheEnd() {
        SagaState end = state;
        for (int i = 0; i < 20; i++) {
            deliver();
            passTime();
            decide(new Trigger.Cancel("ann", "too late"));
        }
        assertThat(state).as("the end").isSameAs(end);
    }

    private void check() {
        assertThat(ends).as("events of the end").hasSize(1);
        assertThat(state.activity()).isNull();
        if (state.status() == SagaStatus.COMPLETED) {
            assertThat(firstUndo).as("compensations of a completed saga").isEmpty();
            assertThat(state.steps()).allMatch(StepState::passed);
            return;
        }
        assertThat(state.reason()).isNotBlank();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < definition.steps().size(); i++) {
            ResolvedStep step = definition.steps().get(i);
            boolean compensated = firstUndo.containsKey(step.wireName());
            boolean happened = state.steps().get(i).happened();
            assertThat(compensated).as("%s compensated", step.name()).isEqualTo(happened && step.compensation() != null);
            if (compensated && step.command() != null) {
                order.addFirst(firstUndo.get(step.wireName()));
            }
            if (step.command() != null && step.compensation() != null) {
                assertThat(inEffect).as("what is left over").doesNotContain(step.wireName());
            }
        }
        assertThat(order).as("compensations in reverse order of their steps").isSorted();
    }
}

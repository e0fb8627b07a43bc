package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.ResolvedCommand;
import io.mediasaga.crd.definition.ResolvedCompensation;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.RetryPolicy;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.orchestrator.engine.HistoryEntry.Kind;
import io.mediasaga.orchestrator.engine.StepState.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A saga while one decision is made: its state opened for change, and what has come of the decision so far. */
final class Draft {

    final SagaDefinition definition;
    final SagaState before;
    final Instant now;

    SagaStatus status;
    ObjectNode data;
    @Nullable Activity activity;
    Instant deadline;
    boolean paused;
    @Nullable Instant stoppedAt;
    @Nullable String reason;
    @Nullable String heldReason;
    @Nullable HeldCause heldCause;
    @Nullable String failedStep;
    @Nullable Instant endedAt;

    private final List<StepState> steps;
    private final List<KeptReply> kept;
    private final List<Outgoing> messages = new ArrayList<>(1);
    private final List<HistoryEntry> history = new ArrayList<>(2);

    Draft(SagaDefinition definition, SagaState state, Instant now) {
        this.definition = definition;
        this.before = state;
        this.now = now;
        status = state.status();
        data = state.data();
        activity = state.activity();
        deadline = state.deadline();
        paused = state.paused();
        stoppedAt = state.stoppedAt();
        reason = state.reason();
        heldReason = state.heldReason();
        heldCause = state.heldCause();
        failedStep = state.failedStep();
        endedAt = state.endedAt();
        steps = new ArrayList<>(state.steps());
        kept = new ArrayList<>(state.kept());
    }

    Decision.Changed decision() {
        var state = new SagaState(
                before.id(), before.requestId(), before.traceparent(), status, data, steps, activity, before.startedAt(), deadline, paused,
                stoppedAt, reason, heldReason, heldCause, failedStep, kept, endedAt);
        return new Decision.Changed(state, List.copyOf(messages), List.copyOf(history), Clocks.due(this));
    }

    Decision.Unchanged unchanged(Decision.Cause cause) {
        return new Decision.Unchanged(cause, List.copyOf(history), Clocks.due(this));
    }

    // What the saga is at

    Activity current() {
        return Objects.requireNonNull(activity, "an ended saga is at nothing");
    }

    ResolvedStep step() {
        return definition.steps().get(current().step());
    }

    ResolvedCompensation compensation() {
        return Objects.requireNonNull(step().compensation(), "only what can be undone is being undone");
    }

    String activityName() {
        return current().compensation() ? compensation().name() : step().name();
    }

    Duration timeout() {
        return current().compensation() ? compensation().timeout() : step().timeout();
    }

    RetryPolicy retry() {
        return current().compensation() ? compensation().retry() : step().retry();
    }

    @Nullable ResolvedCommand command() {
        return current().compensation() ? compensation().command() : step().command();
    }

    // What is known of the steps

    StepState stepState(int index) {
        return steps.get(index);
    }

    StepState stepState() {
        return steps.get(current().step());
    }

    void progress(Progress progress) {
        steps.set(current().step(), stepState().with(progress));
    }

    void mayHaveHappened(int index) {
        steps.set(index, steps.get(index).mayHaveHappened());
    }

    void undone(int index) {
        steps.set(index, steps.get(index).nowUndone());
    }

    // Replies that wait

    void keep(KeptReply reply) {
        kept.removeIf(reply::sameActivity);
        kept.add(reply);
    }

    @Nullable KeptReply keptFor(int step, boolean compensation) {
        for (KeptReply reply : kept) {
            if (reply.step() == step && reply.compensation() == compensation) {
                return reply;
            }
        }
        return null;
    }

    @Nullable KeptReply takeKept(int step, boolean compensation) {
        KeptReply reply = keptFor(step, compensation);
        kept.remove(reply);
        return reply;
    }

    /** From now on nothing waits any more; what has succeeded unseen has happened. */
    void forgetKept() {
        kept.stream()
                .filter(reply -> reply.success() && !reply.compensation())
                .forEach(reply -> mayHaveHappened(reply.step()));
        kept.clear();
    }

    // What has to be done

    void send(Outgoing message) {
        messages.add(message);
    }

    /** Writes down a turn of the whole saga. */
    void turn(Kind kind, Instant since, @Nullable String detail) {
        history.add(new HistoryEntry(kind, null, null, 0, since, now, detail));
    }

    /** Writes down what became of the attempt the saga is at. */
    void attempt(Kind kind, @Nullable String detail) {
        Activity at = current();
        line(kind, at.step(), at.compensation(), at.attempt(), at.since(), detail);
    }

    void line(Kind kind, int step, boolean compensation, int attempt, Instant since, @Nullable String detail) {
        ResolvedStep of = definition.steps().get(step);
        ResolvedCompensation undoing = compensation ? of.compensation() : null;
        String undoingName = undoing == null ? null : undoing.name();
        history.add(new HistoryEntry(kind, of.name(), undoingName, attempt, since, now, detail));
    }
}

package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.crd.definition.ResolvedCompensation;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.orchestrator.console.saga.Track.Standing;
import io.mediasaga.orchestrator.engine.Activity;
import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.engine.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what became of each step out of a saga's state and history. */
final class Tracks {

    private final SagaInFull saga;
    private final List<HistoryLine> history;
    private final List<String> participants;

    private Tracks(SagaInFull saga, List<HistoryLine> history) {
        this.saga = saga;
        this.history = history;
        this.participants = List.copyOf(saga.definition().participants());
    }

    /** The steps, in the definition's order. */
    static List<Track> steps(SagaInFull saga, List<HistoryLine> history) {
        Tracks tracks = new Tracks(saga, history);
        List<Track> steps = new ArrayList<>();
        for (int i = 0; i < saga.definition().steps().size(); i++) {
            steps.add(tracks.step(i));
        }
        return steps;
    }

    /** What undoes them, in the same order; {@code null} where nothing does. */
    static List<@Nullable Track> compensations(SagaInFull saga, List<HistoryLine> history) {
        Tracks tracks = new Tracks(saga, history);
        List<@Nullable Track> compensations = new ArrayList<>();
        for (int i = 0; i < saga.definition().steps().size(); i++) {
            compensations.add(tracks.compensation(i));
        }
        return compensations;
    }

    private Track step(int i) {
        ResolvedStep step = saga.definition().steps().get(i);
        List<HistoryLine> lines = history.stream()
                .filter(line -> step.name().equals(line.step()) && line.compensation() == null)
                .toList();
        Activity at = activity(i, false);
        StepState state = saga.state().steps().get(i);
        Standing standing = at != null
                ? standing(at)
                : switch (state.progress()) {
                    case PENDING -> Standing.PENDING;
                    case SUCCEEDED -> Standing.SUCCEEDED;
                    case FAILED -> Standing.FAILED;
                    case SKIPPED -> Standing.SKIPPED;
                };
        if (at == null && standing == Standing.PENDING && lines.stream().anyMatch(HistoryLine::isAttempt)) {
            standing = Standing.GIVEN_UP; // for another reason, as a cancellation
        }
        String topic = step.command() == null ? null : step.command().topic();
        String note = step.pivot() ? "the point of no return" : step.command() == null ? "waits for somebody else's doing" : "";
        return track(i, step, step.name(), false, standing, step.retry().attempts(), lines, at, topic, note);
    }

    private @Nullable Track compensation(int i) {
        ResolvedStep step = saga.definition().steps().get(i);
        StepState state = saga.state().steps().get(i);
        ResolvedCompensation undo = step.compensation();
        if (undo == null) {
            return step.nothingToUndo() == null
                    ? null
                    : track(
                            i, step, "nothing to undo", true, state.undone() ? Standing.NOTHING : Standing.IDLE, 0, List.of(),
                            null, null, step.nothingToUndo());
        }
        List<HistoryLine> lines =
                history.stream().filter(line -> undo.name().equals(line.compensation())).toList();
        Activity at = activity(i, true);
        Standing standing;
        if (at != null) {
            standing = standing(at);
        } else if (state.undone()) {
            boolean skipped = lines.stream().anyMatch(line -> line.kind().equals("SKIPPED"));
            standing = skipped ? Standing.SKIPPED : Standing.UNDONE;
        } else {
            standing = saga.state().beingUndone() && state.happened() ? Standing.DUE : Standing.IDLE;
        }
        return track(
                i, step, undo.name(), true, standing, undo.retry().attempts(), lines, at, undo.command().topic(),
                "undoes " + step.name());
    }

    private @Nullable Activity activity(int step, boolean compensation) {
        Activity at = saga.state().activity();
        return at != null && at.step() == step && at.compensation() == compensation ? at : null;
    }

    private Standing standing(Activity at) {
        if (saga.state().status() == SagaStatus.HELD || at.phase() == Activity.Phase.EXHAUSTED) {
            return Standing.HELD;
        }
        if (saga.state().paused()) {
            return Standing.PAUSED;
        }
        return at.phase() == Activity.Phase.BACKOFF ? Standing.BACKOFF : Standing.ACTIVE;
    }

    private Track track(
            int i, ResolvedStep step, String name, boolean compensation, Standing standing, int allowed,
            List<HistoryLine> lines, @Nullable Activity at, @Nullable String topic, String note) {
        int attempts = lines.stream().filter(HistoryLine::isAttempt).mapToInt(HistoryLine::attempt).max().orElse(0);
        Instant since = lines.stream().filter(HistoryLine::isAttempt).map(HistoryLine::since).findFirst().orElse(null);
        Instant until = lines.reversed().stream().filter(HistoryLine::isAttempt).map(HistoryLine::at).findFirst().orElse(null);
        if (at != null) {
            attempts = Math.max(attempts, at.attempt());
            since = Objects.requireNonNullElse(since, at.since());
            until = at.phase() == Activity.Phase.IN_FLIGHT ? null : until;
        }
        return new Track(
                i, name, step.participant(), participants.indexOf(step.participant()), compensation,
                !compensation && step.pivot(), standing, attempts, allowed, lines, since, until,
                at == null ? null : at.due(), topic, note);
    }
}

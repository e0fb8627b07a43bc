package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.console.ConsoleFormat;
import io.mediasaga.orchestrator.deadletter.DeadLetter;
import io.mediasaga.orchestrator.deadletter.DeadLetterFilter;
import io.mediasaga.orchestrator.deadletter.DeadLetterStore;
import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.AuditFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Gathers what the page of one saga shows. */
@Component
class SagaPage {

    private static final int MOST_LINES = 5000;
    private static final int SHOWN_LINES = 200;
    private static final int AUDIT_LINES = 50;
    private static final int LETTER_LINES = 20;

    private final SagaReader sagas;
    private final Audit audit;
    private final DeadLetterStore letters;
    private final ConsoleFormat format;

    SagaPage(SagaReader sagas, Audit audit, DeadLetterStore letters, ConsoleFormat format) {
        this.sagas = sagas;
        this.audit = audit;
        this.letters = letters;
        this.format = format;
    }

    void fill(Model model, SagaInFull saga) {
        List<HistoryLine> history = sagas.history(saga.id(), Long.MAX_VALUE, MOST_LINES);
        List<Track> steps = Tracks.steps(saga, history);
        List<@Nullable Track> undoing = Tracks.compensations(saga, history);
        long open = sagas.openDeadLetters(saga.id());
        model.addAttribute("saga", saga).addAttribute("state", saga.state());
        model.addAttribute("wide", Picture.of(saga, steps, undoing, false));
        model.addAttribute("tall", Picture.of(saga, steps, undoing, true));
        model.addAttribute("tracks", inOrder(steps, undoing));
        List<HistoryLine> shown = history.subList(Math.max(0, history.size() - SHOWN_LINES), history.size());
        model.addAttribute("history", shown).addAttribute("historyCut", history.size() > SHOWN_LINES);
        var filter = new DeadLetterFilter(null, null, saga.id(), null, null, null, null);
        List<DeadLetter> dead = letters.list(filter, Long.MAX_VALUE, LETTER_LINES);
        model.addAttribute("letters", dead).addAttribute("openDeadLetters", open);
        model.addAttribute("advice", Advice.of(saga, open, onTheWay(steps, dead), format));
        model.addAttribute("choices", Choice.of(saga));
        model.addAttribute("audit", audit.list(AuditFilter.of(saga.id()), Long.MAX_VALUE, AUDIT_LINES));
    }

    /** What went wrong before it went well. */
    private String onTheWay(List<Track> steps, List<DeadLetter> dead) {
        List<String> said = new ArrayList<>();
        steps.stream()
                .filter(step -> step.error() != null)
                .forEach(step -> said.add("On its way: " + format.cut(format.plain(step.error()), 300)));
        long again = dead.stream().filter(letter -> letter.redrivenAt() != null).count();
        if (again > 0) {
            said.add(format.count(again, "dead letter was", "dead letters were") + " sent again.");
        }
        return String.join(" ", said);
    }

    /** The steps, then what was undone, last step first, as it happens. */
    private static List<Track> inOrder(List<Track> steps, List<@Nullable Track> undoing) {
        List<Track> all = new ArrayList<>(steps);
        undoing.reversed().stream()
                .filter(Objects::nonNull)
                .filter(track -> track.begun() || track.standing() == Track.Standing.DUE || track.standing() == Track.Standing.HELD)
                .forEach(all::add);
        return all;
    }
}

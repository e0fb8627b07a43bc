package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.console.ConsoleFormat;
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

    private static final int MOST_LINES = 500;
    private static final int AUDIT_LINES = 50;

    private final SagaReader sagas;
    private final Audit audit;
    private final ConsoleFormat format;

    SagaPage(SagaReader sagas, Audit audit, ConsoleFormat format) {
        this.sagas = sagas;
        this.audit = audit;
        this.format = format;
    }

    void fill(Model model, SagaInFull saga) {
        List<HistoryLine> history = sagas.history(saga.id(), MOST_LINES);
        List<Track> steps = Tracks.steps(saga, history);
        List<@Nullable Track> undoing = Tracks.compensations(saga, history);
        long open = sagas.openDeadLetters(saga.id());
        model.addAttribute("saga", saga).addAttribute("state", saga.state());
        model.addAttribute("wide", Picture.of(saga, steps, undoing, false));
        model.addAttribute("tall", Picture.of(saga, steps, undoing, true));
        model.addAttribute("tracks", inOrder(steps, undoing));
        model.addAttribute("history", history).addAttribute("historyCut", history.size() == MOST_LINES);
        model.addAttribute("advice", Advice.of(saga, open, format)).addAttribute("openDeadLetters", open);
        model.addAttribute("choices", Choice.of(saga));
        model.addAttribute("audit", audit.list(AuditFilter.of(saga.id()), Long.MAX_VALUE, AUDIT_LINES));
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

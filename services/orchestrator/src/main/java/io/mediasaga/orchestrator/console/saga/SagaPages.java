package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.console.Attachment;
import io.mediasaga.orchestrator.console.access.ConsoleSession;
import io.mediasaga.orchestrator.owner.Ownership;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The list of sagas, and one saga. */
@Controller
@Needs(Role.VIEWER)
class SagaPages {

    static final int ON_A_PAGE = 50;

    private static final int LINES_ON_A_PAGE = 500;

    private final SagaList list;
    private final SagaReader sagas;
    private final SagaPage page;
    private final SagaStream stream;
    private final Ownership ownership;

    SagaPages(SagaList list, SagaReader sagas, SagaPage page, SagaStream stream, Ownership ownership) {
        this.list = list;
        this.sagas = sagas;
        this.page = page;
        this.stream = stream;
        this.ownership = ownership;
    }

    @GetMapping("/console/sagas")
    String list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        fill(model, new SagaSearch(q, state, step, definition, cursor));
        model.addAttribute("steps", list.steps()).addAttribute("definitions", list.definitions());
        return "sagas";
    }

    /** The rows alone, for lists that are watched; nothing when they are still as the browser has them. */
    @GetMapping("/console/sagas/rows")
    Object rows(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String seen,
            Model model) {
        String fingerprint = fill(model, new SagaSearch(q, state, step, definition, cursor));
        return fingerprint.equals(seen) ? ResponseEntity.noContent().build() : "sagas :: rows";
    }

    private String fill(Model model, SagaSearch search) {
        SagaList.Listed listed = list.list(search, ON_A_PAGE);
        Map<String, Long> active = list.active();
        var found = CursorPage.of(listed.rows(), ON_A_PAGE, row -> Cursor.of(row.startedAt(), row.id()));
        int sum = active.hashCode();
        for (SagaRow row : found.items()) {
            sum = 31 * sum + row.fingerprint();
        }
        String fingerprint = Integer.toHexString(sum);
        model.addAttribute("search", search).addAttribute("page", found).addAttribute("active", active);
        model.addAttribute("fingerprint", fingerprint).addAttribute("lookedAt", SagaList.FAR);
        model.addAttribute("further", listed.further() == null ? null : listed.further().encode());
        return fingerprint;
    }

    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/console/sagas/{id}")
    String one(@PathVariable String id, Model model, HttpServletRequest request) {
        page.fill(model, find(id, request));
        return "saga";
    }

    /** What changes with the saga, for a page that watches it. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/console/sagas/{id}/live")
    String live(@PathVariable String id, Model model, HttpServletRequest request) {
        page.fill(model, find(id, request));
        return "saga :: live";
    }

    /** Server-sent events: {@code changed} whenever the saga has changed. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping(path = "/console/sagas/{id}/stream", produces = "text/event-stream")
    SseEmitter stream(@PathVariable String id, @RequestParam(defaultValue = "0") long seen, HttpServletRequest request) {
        find(id, request);
        return stream.follow(id, seen);
    }

    /** All of its history, page by page. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/console/sagas/{id}/history")
    String history(@PathVariable String id, @RequestParam(required = false) @Nullable String cursor, Model model, HttpServletRequest request) {
        SagaInFull saga = find(id, request);
        Cursor before = Cursor.parse(cursor, 1);
        List<HistoryLine> lines = sagas.history(id, before == null ? Long.MAX_VALUE : before.number(0), LINES_ON_A_PAGE);
        model.addAttribute("saga", saga).addAttribute("history", lines).addAttribute("first", before == null);
        model.addAttribute("older", lines.size() < LINES_ON_A_PAGE ? null : Cursor.of(lines.getFirst().id()).encode());
        return "history";
    }

    /** Its data as a file, however long they are. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/console/sagas/{id}/data")
    ResponseEntity<String> data(@PathVariable String id, HttpServletRequest request) {
        SagaInFull saga = find(id, request);
        return Attachment.json(id, Json.write(saga.state().data()));
    }

    private SagaInFull find(String id, HttpServletRequest request) {
        Caller caller = ConsoleSession.of(request).caller();
        return sagas.find(id)
                .filter(saga -> ownership.maySee(caller, saga.state().data()))
                .orElseThrow(() -> unknown(id));
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "SAGA_NOT_FOUND",
                "There is no saga %s. Ended sagas are deleted after a while; the search finds those that are left.".formatted(id));
    }
}

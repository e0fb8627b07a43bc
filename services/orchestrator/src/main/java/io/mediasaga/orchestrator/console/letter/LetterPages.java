package io.mediasaga.orchestrator.console.letter;

import io.mediasaga.orchestrator.console.Attachment;
import io.mediasaga.orchestrator.deadletter.DeadLetter;
import io.mediasaga.orchestrator.deadletter.DeadLetterStore;
import io.mediasaga.orchestrator.deadletter.Redrives;
import io.mediasaga.orchestrator.query.SagaQueries;
import io.mediasaga.orchestrator.query.SagaView;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of dead letters, and one of them. */
@Controller
@Needs(Role.VIEWER)
class LetterPages {

    private static final int ON_A_PAGE = 50;
    private static final int LATEST_ORDERS = 5;
    private static final int FAR = 20_000;

    private final DeadLetterStore letters;
    private final Redrives redrives;
    private final SagaQueries sagas;

    LetterPages(DeadLetterStore letters, Redrives redrives, SagaQueries sagas) {
        this.letters = letters;
        this.redrives = redrives;
        this.sagas = sagas;
    }

    @GetMapping("/console/dead-letters")
    String list(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String saga,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String redriven,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        LetterSearch search = new LetterSearch(topic, type, saga, error, redriven);
        Cursor after = Cursor.parse(cursor, 1);
        long before = after == null ? Long.MAX_VALUE : after.number(0);
        // Where no index leads to them, whoever looks asks for more when there are none among so many.
        OptionalLong far = search.walks() ? letters.further(before, FAR) : OptionalLong.empty();
        var rows = letters.list(search.filter(), far.orElse(0), before, ON_A_PAGE + 1);
        var page = CursorPage.of(rows, ON_A_PAGE, row -> Cursor.of(row.id()));
        model.addAttribute("page", page).addAttribute("lookedAt", FAR);
        model.addAttribute("further", far.isPresent() && page.nextCursor() == null ? Cursor.of(far.getAsLong()).encode() : null);
        model.addAttribute("search", search).addAttribute("first", after == null);
        orders(model);
        return "letters";
    }

    /** The latest orders to send dead letters again, and how far they are. */
    @GetMapping("/console/dead-letters/orders")
    String orders(Model model) {
        model.addAttribute("orders", redrives.latest(LATEST_ORDERS));
        return "letters :: orders";
    }

    @GetMapping("/console/dead-letters/{id:\\d{1,18}}")
    String one(@PathVariable long id, Model model) {
        state(id, model);
        return "letter";
    }

    /** What has become of it, for a page that is open. */
    @GetMapping("/console/dead-letters/{id:\\d{1,18}}/state")
    String state(@PathVariable long id, Model model) {
        DeadLetter letter = find(id);
        String saga = letter.sagaId();
        model.addAttribute("letter", letter);
        model.addAttribute("sagaState", saga == null ? null : sagas.find(saga).map(SagaView::state).orElse(null));
        return "letter :: state";
    }

    /** The message as a file, however long it is. */
    @GetMapping("/console/dead-letters/{id:\\d{1,18}}/value")
    ResponseEntity<String> value(@PathVariable long id) {
        return Attachment.text("dead-letter-" + id, String.valueOf(find(id).value()));
    }

    private DeadLetter find(long id) {
        return letters.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "DEAD_LETTER_NOT_FOUND", "There is no dead letter %d.".formatted(id)));
    }
}

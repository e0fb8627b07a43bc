package io.mediasaga.orchestrator.console.letter;

import io.mediasaga.orchestrator.deadletter.DeadLetterStore;
import io.mediasaga.orchestrator.deadletter.Redrives;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

    private final DeadLetterStore letters;
    private final Redrives redrives;

    LetterPages(DeadLetterStore letters, Redrives redrives) {
        this.letters = letters;
        this.redrives = redrives;
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
        var rows = letters.list(search.filter(), after == null ? Long.MAX_VALUE : after.number(0), ON_A_PAGE + 1);
        model.addAttribute("page", CursorPage.of(rows, ON_A_PAGE, row -> Cursor.of(row.id())));
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
        model.addAttribute("letter", letters.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "DEAD_LETTER_NOT_FOUND", "There is no dead letter %d.".formatted(id))));
        return "letter";
    }
}

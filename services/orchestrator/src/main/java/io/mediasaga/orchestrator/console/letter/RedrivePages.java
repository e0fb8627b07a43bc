package io.mediasaga.orchestrator.console.letter;

import io.mediasaga.orchestrator.console.access.ConsoleSession;
import io.mediasaga.orchestrator.deadletter.Redrive;
import io.mediasaga.orchestrator.deadletter.RedriveRequest;
import io.mediasaga.orchestrator.deadletter.Redrives;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sending dead letters again: first how many that would be, then it is ordered. */
@Controller
@Needs(Role.OPERATOR)
class RedrivePages {

    private static final int USUAL_RATE = 50;

    private final Redrives redrives;

    RedrivePages(Redrives redrives) {
        this.redrives = redrives;
    }

    /** The dry run. */
    @PostMapping("/console/dead-letters/redrive/dry-run")
    String dryRun(
            @RequestParam(required = false) @Nullable List<Long> id,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String saga,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String redriven,
            Model model,
            HttpServletRequest request) {
        LetterSearch search = new LetterSearch(topic, type, saga, error, redriven);
        return ask(model, request, all ? List.of() : id, search, USUAL_RATE, "", null);
    }

    @PostMapping("/console/dead-letters/redrive")
    Object order(
            @RequestParam(required = false) @Nullable List<Long> id,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String saga,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String redriven,
            @RequestParam(defaultValue = "" + USUAL_RATE) int rate,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        LetterSearch search = new LetterSearch(topic, type, saga, error, redriven);
        String why = PlainText.reason(reason);
        Redrive ordered;
        try {
            if (why.isBlank()) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT, "REASON_MISSING", "Say why: the audit keeps it with your name.");
            }
            ordered = redrives.order(wanted(id, search, rate, false, why), ConsoleSession.of(request).actor());
        } catch (ProblemException refused) {
            response.setStatus(refused.getStatusCode().value());
            return ask(model, request, id, search, rate, why, refused.getBody().getDetail());
        }
        if (request.getHeader("HX-Request") == null) {
            return "redirect:/console/dead-letters" + search.query(null);
        }
        response.setHeader("HX-Trigger", "{\"done\":{\"text\":\"%d %s again\"}}"
                .formatted(ordered.total(), ordered.total() == 1 ? "message is on its way" : "messages are on their way"));
        return ResponseEntity.noContent().build();
    }

    private String ask(
            Model model, HttpServletRequest request, @Nullable List<Long> ids, LetterSearch search, int rate, String reason,
            @Nullable String error) {
        List<Long> chosen = ids == null ? List.of() : ids;
        if (chosen.isEmpty() && search.isEmpty()) {
            // Everything that nobody has sent again is meant; the API wants that said.
            search = new LetterSearch(null, null, null, null, "no");
        }
        Redrive dry = redrives.order(wanted(chosen, search, USUAL_RATE, true, ""), "");
        model.addAttribute("ids", chosen).addAttribute("search", search).addAttribute("dry", dry);
        model.addAttribute("rate", rate).addAttribute("reason", reason).addAttribute("error", error);
        return request.getHeader("HX-Request") == null ? "redrive" : "redrive :: box";
    }

    private static RedriveRequest wanted(
            @Nullable List<Long> ids, LetterSearch search, int rate, boolean dryRun, String reason) {
        boolean byIds = ids != null && !ids.isEmpty();
        return new RedriveRequest(byIds ? ids : null, byIds ? null : search.filter(), rate, dryRun, reason);
    }
}

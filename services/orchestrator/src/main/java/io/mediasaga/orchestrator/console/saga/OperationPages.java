package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.console.access.ConsoleSession;
import io.mediasaga.orchestrator.operation.Operations;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/** Operations: first what it does and why it is wanted, then it is done. */
@Controller
@Needs(Role.OPERATOR)
@RequestMapping("/console/sagas/{id}/operations/{operation}")
class OperationPages {

    private final SagaReader sagas;
    private final Operations operations;

    OperationPages(SagaReader sagas, Operations operations) {
        this.sagas = sagas;
        this.operations = operations;
    }

    @GetMapping
    String ask(@PathVariable String id, @PathVariable String operation, Model model, HttpServletRequest request) {
        return form(id, kind(operation), "", null, model, request);
    }

    @PostMapping
    Object carryOut(
            @PathVariable String id,
            @PathVariable String operation,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Choice.Kind kind = kind(operation);
        String why = PlainText.reason(reason);
        if (why.isBlank()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return form(id, kind, why, "Say why: whoever looks at this saga later wants to know.", model, request);
        }
        try {
            operations.carryOut(id, kind.operation(PlainText.actor(ConsoleSession.of(request).actor()), why));
        } catch (ProblemException refused) {
            response.setStatus(refused.getStatusCode().value());
            return form(id, kind, why, refused.getBody().getDetail(), model, request);
        }
        if (isPart(request)) {
            response.setHeader("HX-Trigger", "{\"done\":{\"text\":\"" + kind.label() + ": done\"}}");
            return ResponseEntity.noContent().build();
        }
        return "redirect:/console/sagas/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
    }

    private String form(
            String id, Choice.Kind kind, String reason, @Nullable String error, Model model, HttpServletRequest request) {
        SagaInFull saga = sagas.find(id).orElseThrow(() -> SagaPages.unknown(id));
        model.addAttribute("saga", saga).addAttribute("kind", kind).addAttribute("reason", reason);
        model.addAttribute("error", error);
        return isPart(request) ? "operation :: box" : "operation";
    }

    private static boolean isPart(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    private static Choice.Kind kind(String operation) {
        return Choice.Kind.of(operation).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "NO_SUCH_OPERATION", "There is no operation of that name"));
    }
}

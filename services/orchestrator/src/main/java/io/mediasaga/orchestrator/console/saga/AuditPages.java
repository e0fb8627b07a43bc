package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.AuditFilter;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, when and why. */
@Controller
@Needs(Role.VIEWER)
class AuditPages {

    private static final int ON_A_PAGE = 50;

    private final Audit audit;

    AuditPages(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/console/audit")
    String list(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Cursor after = Cursor.parse(cursor, 1);
        String about = target == null || target.isBlank() ? null : target.strip();
        String by = actor == null || actor.isBlank() ? null : actor.strip();
        var filter = new AuditFilter(about, by, null, null, null, null);
        var rows = audit.list(filter, after == null ? Long.MAX_VALUE : after.number(0), ON_A_PAGE + 1);
        model.addAttribute("page", CursorPage.of(rows, ON_A_PAGE, row -> Cursor.of(row.id())));
        model.addAttribute("target", about).addAttribute("actor", by).addAttribute("first", after == null);
        return "audit";
    }
}

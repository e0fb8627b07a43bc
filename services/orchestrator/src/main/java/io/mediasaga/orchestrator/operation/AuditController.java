package io.mediasaga.orchestrator.operation;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit over HTTP. */
@Tag(name = "Audit")
@RestController
@Needs(Role.VIEWER)
class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    /** Who did what to which saga or dead letter, and why, the latest first; also what was refused. */
    @GetMapping("/api/audit")
    CursorPage<Audit.Entry> listAudit(
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String operation,
            @RequestParam(required = false) @Nullable Boolean accepted,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = PageLimit.of(limit);
        Cursor after = Cursor.parse(cursor, 1);
        String named = operation == null ? null : operation.toUpperCase(Locale.ROOT);
        var filter = new AuditFilter(target, actor, named, accepted, from, to);
        var rows = audit.list(filter, after == null ? Long.MAX_VALUE : after.number(0), most + 1);
        return CursorPage.of(rows, most, row -> Cursor.of(row.id()));
    }
}

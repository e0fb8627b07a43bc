package io.mediasaga.quota;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Quotas over HTTP, below the context path {@code /api/quotas}. */
@Tag(name = "Quotas")
@RestController
@Needs(Role.VIEWER)
class QuotaController {

    private static final Logger log = LoggerFactory.getLogger(QuotaController.class);

    private final QuotaReader reader;
    private final QuotaWriter writer;
    private final Audit audit;

    QuotaController(QuotaReader reader, QuotaWriter writer, Audit audit) {
        this.reader = reader;
        this.writer = writer;
        this.audit = audit;
    }

    /** All accounts by owner. */
    @GetMapping({"", "/"})
    CursorPage<Quota> listQuotas(
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        return reader.list(after == null ? null : Cursor.of(Requests.owner(after.text(0))), PageLimit.of(limit));
    }

    /** How it stands with an owner; one that nobody has heard of has the configured limits. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{owner}")
    Quota getQuota(@PathVariable @Size(max = Envelope.MAX_ID_LENGTH) String owner, Caller caller) {
        requireMaySee(caller, owner);
        return reader.find(Requests.owner(owner));
    }

    /** Gives an owner limits of its own. */
    @Needs(Role.OPERATOR)
    @PutMapping("/{owner}")
    Quota setQuotaLimits(@PathVariable @Size(max = Envelope.MAX_ID_LENGTH) String owner, @RequestBody LimitsChange change) {
        writer.setLimits(Requests.owner(owner), Requests.limits(change));
        log.info("Limits of owner {} are {} bytes and {} assets now", owner, change.limitBytes(), change.limitAssets());
        return reader.find(owner);
    }

    /** Lets the configured limits count again. */
    @Needs(Role.OPERATOR)
    @DeleteMapping("/{owner}/limits")
    Quota dropQuotaLimits(@PathVariable @Size(max = Envelope.MAX_ID_LENGTH) String owner) {
        writer.dropLimits(Requests.owner(owner));
        log.info("Limits of owner {} are the configured ones again", owner);
        return reader.find(owner);
    }

    /** An owner's ledger, newest first. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{owner}/ledger")
    CursorPage<LedgerEntry> listQuotaLedger(
            @PathVariable @Size(max = Envelope.MAX_ID_LENGTH) String owner,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Caller caller) {
        requireMaySee(caller, owner);
        return reader.ledger(Requests.owner(owner), Cursor.parse(cursor, 1), PageLimit.of(limit));
    }

    /** Corrects what an owner uses, for what the platform cannot know. */
    @Needs(Role.OPERATOR)
    @Answers(refusals = {409, 422})
    @PostMapping("/{owner}/adjustments")
    Quota adjustQuota(@PathVariable @Size(max = Envelope.MAX_ID_LENGTH) String owner, @RequestBody Adjustment adjustment) {
        Requests.owner(owner);
        String id = Requests.adjustmentId(adjustment);
        writer.adjust(owner, id, Requests.amounts(adjustment), Requests.note(adjustment));
        log.info("Usage of owner {} was adjusted by {}", owner, id);
        return reader.find(owner);
    }

    /** Whether every account is the sum of its ledger. Reads all of it. */
    @GetMapping("/audit")
    Audit.Result auditQuotas() {
        return audit.run();
    }

    private static void requireMaySee(Caller caller, String owner) {
        if (!caller.maySee(owner)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN, "NOT_YOURS", "%s may look at the quota of %s only".formatted(
                            caller.name(), String.join(", ", new TreeSet<>(caller.owners()))));
        }
    }
}

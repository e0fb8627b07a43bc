package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters over HTTP. */
@Tag(name = "Dead letters")
@RestController
@Needs(Role.VIEWER)
@RequestMapping("/api/dead-letters")
class DeadLetterController {

    private static final int LATEST_REDRIVES = 100;

    private final DeadLetterStore store;
    private final Redrives redrives;

    DeadLetterController(DeadLetterStore store, Redrives redrives) {
        this.store = store;
        this.redrives = redrives;
    }

    /** Lists dead letters, the latest first. */
    @GetMapping
    CursorPage<DeadLetter> listDeadLetters(
            @RequestParam(name = "original_topic", required = false) @Nullable String originalTopic,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(name = "saga_id", required = false) @Nullable String sagaId,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Boolean redriven,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = PageLimit.of(limit);
        Cursor after = Cursor.parse(cursor, 1);
        var filter = new DeadLetterFilter(originalTopic, type, sagaId, error, from, to, redriven);
        var rows = store.list(filter, after == null ? Long.MAX_VALUE : after.number(0), most + 1);
        return CursorPage.of(rows, most, row -> Cursor.of(row.id()));
    }

    /** One dead letter with its headers and its value as text. */
    @GetMapping("/{id:\\d{1,18}}")
    DeadLetter getDeadLetter(@PathVariable long id) {
        return store.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "DEAD_LETTER_NOT_FOUND", "There is no dead letter %d".formatted(id)));
    }

    /** Sends dead letters to their original topics again, so many in a second; a dry run only counts them. */
    @Needs(Role.OPERATOR)
    @Answers(value = {200, 202}, refusals = 422)
    @PostMapping("/redrive")
    ResponseEntity<Redrive> redriveDeadLetters(
            @RequestBody RedriveRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        Redrive redrive = redrives.order(request, actor);
        return ResponseEntity.status(redrive.dryRun() ? HttpStatus.OK : HttpStatus.ACCEPTED).body(redrive);
    }

    /** The latest orders to send dead letters again. */
    @GetMapping("/redrives")
    CursorPage<Redrive> listRedrives() {
        return new CursorPage<>(redrives.latest(LATEST_REDRIVES), null);
    }

    /** How far an order is. */
    @GetMapping("/redrives/{id}")
    Redrive getRedrive(@PathVariable String id) {
        return redrives.find(id);
    }
}

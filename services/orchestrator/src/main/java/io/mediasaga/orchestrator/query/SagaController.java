package io.mediasaga.orchestrator.query;

import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.owner.Ownership;
import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.PageLimit;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sagas over HTTP, to look at. */
@Tag(name = "Sagas")
@RestController
@Needs(Role.VIEWER)
@RequestMapping("/api/sagas")
class SagaController {

    private final SagaQueries queries;
    private final SagaEvents events;
    private final Ownership ownership;

    SagaController(SagaQueries queries, SagaEvents events, Ownership ownership) {
        this.queries = queries;
        this.events = events;
        this.ownership = ownership;
    }

    /**
     * Lists sagas, the latest first. Filters: namespace, definition, state, step, request_id, and every field that a
     * definition marks as key, as in {@code ?asset_id=…}.
     */
    @GetMapping
    @Parameters({
        @Parameter(name = "namespace", in = ParameterIn.QUERY, schema = @Schema(types = "string"), description = "of the definition"),
        @Parameter(name = "definition", in = ParameterIn.QUERY, schema = @Schema(types = "string"), description = "name of the definition"),
        @Parameter(name = "state", in = ParameterIn.QUERY, schema = @Schema(implementation = SagaStatus.class)),
        @Parameter(name = "step", in = ParameterIn.QUERY, schema = @Schema(types = "string"), description = "the step that it is at, as in the definition"),
        @Parameter(name = "request_id", in = ParameterIn.QUERY, schema = @Schema(types = "string"), description = "the request that began it"),
        @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(types = "integer")),
        @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(types = "string"), description = "next_cursor of the page before")
    })
    CursorPage<SagaSummary> listSagas(@Parameter(hidden = true) @RequestParam Map<String, String> parameters) {
        int limit = PageLimit.of(number(parameters.get("limit")));
        Cursor after = Cursor.parse(parameters.get("cursor"), 2);
        var rows = queries.list(SagaFilter.of(parameters), after, limit);
        return CursorPage.of(rows, limit, row -> Cursor.of(row.startedAt(), row.sagaId()));
    }

    /** A saga with its data and its steps. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{id}")
    SagaView getSaga(@PathVariable String id, Caller caller) {
        return queries.find(id)
                .filter(saga -> ownership.maySee(caller, saga.data()))
                .orElseThrow(() -> notFound(id));
    }

    /** What happened, oldest first: every attempt that is over with its times, and every turn of the saga. */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping("/{id}/history")
    CursorPage<HistoryLine> listSagaHistory(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        getSaga(id, caller);
        int most = PageLimit.of(limit);
        Cursor after = Cursor.parse(cursor, 1);
        var lines = queries.history(id, after == null ? 0 : after.number(0), most + 1);
        return CursorPage.of(lines, most, line -> Cursor.of(line.id()));
    }

    /**
     * Server-sent events until the saga has ended: {@code history} for each line of its history, {@code saga} whenever it
     * has changed, {@code ended} at last. After a broken connection it goes on behind {@code Last-Event-ID}.
     */
    @Needs({Role.VIEWER, Role.UPLOADER})
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter followSaga(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastSeen,
            Caller caller) {
        getSaga(id, caller);
        return events.follow(id, lastSeen == null ? 0 : lastSeen);
    }

    private static @Nullable Integer number(@Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "INVALID_LIMIT", "limit must be a number, not " + text);
        }
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "SAGA_NOT_FOUND", "There is no saga %s".formatted(id));
    }
}

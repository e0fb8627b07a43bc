package io.mediasaga.orchestrator.operation;

import io.mediasaga.orchestrator.engine.Trigger.Operation;
import io.mediasaga.orchestrator.engine.Trigger;
import io.mediasaga.orchestrator.query.SagaView;
import io.mediasaga.web.CursorPage;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operations on sagas over HTTP. Refusals are 409 and say what to do; everything is audited. */
@Tag(name = "Sagas")
@RestController
@Needs(Role.OPERATOR)
@RequestMapping("/api/sagas/{id}")
class OperationController {

    private static final int AUDIT_LINES = 200;

    private final Operations operations;
    private final Audit audit;

    OperationController(Operations operations, Audit audit) {
        this.operations = operations;
        this.audit = audit;
    }

    /** Stops the saga's clock and keeps it from going on. */
    @Answers(refusals = 409)
    @PostMapping("/pause")
    SagaView pauseSaga(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable OperationRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return operate(id, request, actor, Trigger.Pause::new);
    }

    /** Ends a pause. */
    @Answers(refusals = 409)
    @PostMapping("/resume")
    SagaView resumeSaga(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable OperationRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return operate(id, request, actor, Trigger.Resume::new);
    }

    /** Makes another attempt at once. */
    @Answers(refusals = 409)
    @PostMapping("/retry")
    SagaView retrySaga(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable OperationRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return operate(id, request, actor, Trigger.Retry::new);
    }

    /** Goes on as if the step or compensation had succeeded. */
    @Answers(refusals = 409)
    @PostMapping("/skip")
    SagaView skipSaga(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable OperationRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return operate(id, request, actor, Trigger.Skip::new);
    }

    /** Undoes what has been done. */
    @Answers(refusals = 409)
    @PostMapping("/cancel")
    SagaView cancelSaga(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable OperationRequest request,
            @RequestHeader(name = Audit.ACTOR_HEADER, defaultValue = Audit.ANONYMOUS) String actor) {
        return operate(id, request, actor, Trigger.Cancel::new);
    }

    /** Who did what to the saga and why, the latest first. */
    @Needs(Role.VIEWER)
    @GetMapping("/audit")
    CursorPage<Audit.Entry> listSagaAudit(@PathVariable String id) {
        return new CursorPage<>(audit.list(AuditFilter.of(id), Long.MAX_VALUE, AUDIT_LINES), null);
    }

    private SagaView operate(
            String id, @Nullable OperationRequest request, String actor, BiFunction<String, String, Operation> operation) {
        String reason = PlainText.reason(request == null ? null : request.reason());
        return operations.carryOut(id, operation.apply(PlainText.actor(actor), reason));
    }
}

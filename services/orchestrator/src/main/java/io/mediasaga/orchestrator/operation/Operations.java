package io.mediasaga.orchestrator.operation;

import io.mediasaga.orchestrator.engine.Decision;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.Trigger.Operation;
import io.mediasaga.orchestrator.query.SagaQueries;
import io.mediasaga.orchestrator.query.SagaView;
import io.mediasaga.orchestrator.saga.Result;
import io.mediasaga.orchestrator.saga.Sagas;
import io.mediasaga.web.ProblemException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Carries out operations; what was done and what was refused is audited in the same transaction. */
@Service
public class Operations {

    private final Sagas sagas;
    private final SagaQueries queries;
    private final Audit audit;
    private final TransactionOperations transactions;

    Operations(Sagas sagas, SagaQueries queries, Audit audit, TransactionOperations transactions) {
        this.sagas = sagas;
        this.queries = queries;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** @throws ProblemException 404 when there is no such saga, 409 when the operation cannot be done now */
    public SagaView carryOut(String id, Operation operation) {
        Result result = transactions.execute(status -> {
            Result applied = sagas.apply(List.of(new Sagas.Input(id, operation))).getFirst();
            if (applied instanceof Result.Decided decided) {
                write(id, operation, decided);
            }
            return applied;
        });
        return switch (result) {
            case Result.Unknown _ -> throw unknown(id);
            case Result.Decided(SagaState before, Decision.Refused refused) -> throw refused(operation, before, refused);
            case Result.Decided _ -> queries.find(id).orElseThrow(() -> unknown(id));
        };
    }

    private void write(String id, Operation operation, Result.Decided decided) {
        String before = text(decided.before());
        switch (decided.decision()) {
            case Decision.Refused refused ->
                audit.refused(operation.actor(), name(operation), id, operation.reason(), before, refused.why());
            case Decision.Changed changed ->
                audit.write(operation.actor(), name(operation), id, operation.reason(), before, text(changed.state()));
            case Decision.Unchanged _ ->
                audit.write(operation.actor(), name(operation), id, operation.reason(), before, before);
        }
    }

    private static String text(SagaState state) {
        var at = state.activity();
        String where = at == null
                ? ""
                : " step %d%s attempt %d %s"
                        .formatted(at.step() + 1, at.compensation() ? " undoing" : "", at.attempt(), at.phase());
        return state.status() + (state.paused() ? " paused" : "") + where;
    }

    private static String name(Operation operation) {
        return operation.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "SAGA_NOT_FOUND", "There is no saga %s".formatted(id));
    }

    private static ProblemException refused(Operation operation, SagaState before, Decision.Refused refused) {
        return new ProblemException(
                        HttpStatus.CONFLICT, name(operation) + "_REFUSED", refused.why() + " " + refused.remedy())
                .with("state", before.status().name());
    }
}

package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes orders to send dead letters again. */
@Service
public class Redrives {

    private static final int DEFAULT_RATE = 50;
    static final int MOST = 1000;
    private static final DeadLetterFilter EVERYTHING = new DeadLetterFilter(null, null, null, null, null, null, null);

    private final RedriveStore store;
    private final DefinitionCatalog catalog;
    private final Audit audit;
    private final TransactionOperations transactions;

    Redrives(RedriveStore store, DefinitionCatalog catalog, Audit audit, TransactionOperations transactions) {
        this.store = store;
        this.catalog = catalog;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** @throws ProblemException 422 when the order does not say what it means */
    public Redrive order(RedriveRequest request, String whoever) {
        DeadLetterFilter filter = request.filter() == null ? EVERYTHING : request.filter();
        String fault = filter.fault();
        if (fault != null) {
            throw invalid(fault);
        }
        List<Long> ids = request.ids();
        boolean byIds = ids != null && !ids.isEmpty();
        if (byIds == !filter.isEmpty()) {
            throw invalid("Give either ids or a filter with at least one field (redriven: false means all that have not "
                    + "been sent again)");
        }
        if (byIds && ids.size() > MOST) {
            throw invalid("At most " + MOST + " ids are possible; use a filter for more");
        }
        int rate = request.rate() == null ? DEFAULT_RATE : request.rate();
        if (rate < 1 || rate > MOST) {
            throw invalid("rate must be from 1 to " + MOST + " messages a second");
        }
        if (!byIds) {
            // One that failed again is a dead letter of its own by now.
            filter = filter.notRedrivenUnlessSaid();
        }
        return order(byIds ? ids : null, filter, rate, request, whoever);
    }

    private Redrive order(
            @Nullable List<Long> ids, DeadLetterFilter filter, int rate, RedriveRequest request, String whoever) {
        String actor = PlainText.actor(whoever);
        String reason = PlainText.reason(request.reason());
        boolean dry = Boolean.TRUE.equals(request.dryRun());
        String id = Envelope.newId();
        RedriveStore.Selected selected = Objects.requireNonNull(transactions.execute(status -> {
            RedriveStore.Selected found = store.create(id, actor, reason, rate, filter, ids, catalog.stepCommands());
            if (dry) {
                status.setRollbackOnly();
            } else {
                audit.write(actor, "REDRIVE", "redrive " + id, reason, null,
                        "%d dead letters, %d a second, %d left out".formatted(found.total(), rate, found.leftOut()));
                // Whoever looks at one of the sagas asks who moved it on.
                store.sagas(id, MOST).forEach(saga -> audit.write(actor, "REDRIVE", saga, reason, null, "by redrive " + id));
            }
            return found;
        }));
        return dry
                ? new Redrive(null, actor, reason, rate, selected.total(), 0, (long) selected.leftOut(), true, null, null)
                : find(id).leavingOut(selected.leftOut());
    }

    /** @throws ProblemException 404 when there is no such order */
    public Redrive find(String id) {
        return store.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "REDRIVE_NOT_FOUND", "There is no redrive %s".formatted(id)));
    }

    public List<Redrive> latest(int most) {
        return store.latest(most);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "INVALID_REDRIVE", detail);
    }
}

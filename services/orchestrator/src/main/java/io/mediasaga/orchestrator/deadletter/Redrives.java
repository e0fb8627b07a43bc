package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes orders to send dead letters again. */
@Service
class Redrives {

    private static final int DEFAULT_RATE = 50;
    private static final int MOST = 1000;
    private static final DeadLetterFilter EVERYTHING = new DeadLetterFilter(null, null, null, null, null, null, null);

    private final DeadLetterStore letters;
    private final RedriveStore store;
    private final Audit audit;
    private final TransactionOperations transactions;

    Redrives(DeadLetterStore letters, RedriveStore store, Audit audit, TransactionOperations transactions) {
        this.letters = letters;
        this.store = store;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** @throws ProblemException 422 when the order does not say what it means */
    Redrive order(RedriveRequest request, String whoever) {
        DeadLetterFilter filter = request.filter() == null ? EVERYTHING : request.filter();
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
        if (Boolean.TRUE.equals(request.dryRun())) {
            long total = ids != null ? store.countByIds(ids) : letters.count(filter);
            return new Redrive(null, actor, reason, rate, total, 0, true, null, null);
        }
        String id = Envelope.newId();
        transactions.executeWithoutResult(status -> {
            int total = store.create(id, actor, reason, rate, filter, ids);
            audit.write(actor, "REDRIVE", "redrive " + id, reason, null, total + " dead letters, " + rate + " a second");
        });
        return find(id);
    }

    /** @throws ProblemException 404 when there is no such order */
    Redrive find(String id) {
        return store.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "REDRIVE_NOT_FOUND", "There is no redrive %s".formatted(id)));
    }

    List<Redrive> latest(int most) {
        return store.latest(most);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "INVALID_REDRIVE", detail);
    }
}

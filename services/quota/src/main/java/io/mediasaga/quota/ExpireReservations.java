package io.mediasaga.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Releases reservations whose time is over, by the database's clock. May run in any number of processes. */
@Component
class ExpireReservations {

    private static final Logger log = LoggerFactory.getLogger(ExpireReservations.class);

    private final Ledger ledger;
    private final TransactionOperations transactions;
    private final int batch;
    private final Counter expired;

    ExpireReservations(
            Ledger ledger, TransactionOperations transactions, QuotaProperties properties, MeterRegistry metrics) {
        this.ledger = ledger;
        this.transactions = transactions;
        this.batch = properties.sweepBatch();
        this.expired = Counter.builder("mediasaga.quota.expired")
                .description("Reservations whose time was over")
                .register(metrics);
    }

    @Scheduled(
            fixedDelayString = "${mediasaga.quota.sweep-interval:30s}",
            initialDelayString = "${mediasaga.quota.sweep-interval:30s}")
    void sweepRegularly() {
        try {
            sweep();
        } catch (DataAccessException | TransactionException e) {
            log.warn("Expired reservations are released later: {}", e.getMessage());
        }
    }

    /** Releases all that have expired; tells how many. */
    int sweep() {
        int all = 0;
        int portion;
        do {
            Integer count = transactions.execute(status -> ledger.expire(batch));
            portion = count == null ? 0 : count;
            all += portion;
        } while (portion == batch);
        if (all > 0) {
            expired.increment(all);
            log.info("Released {} reservations whose time was over", all);
        }
        return all;
    }
}

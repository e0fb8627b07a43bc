package io.mediasaga.quota;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets one transaction after the other change accounts.
 *
 * <p>A batch of messages reserves for some owners and books usage for others. With row locks alone two batches would take
 * them crosswise and deadlock as soon as owners repeat, and a deadlock costs a second and a batch. One lock, taken before the
 * first account and given back by the commit, costs one statement a batch; and as a batch has the same few statements however
 * many messages it has, those who wait for the lock are served by larger batches.
 */
@Component
class LedgerLock {

    private static final String TAKE = "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.ledger'))";

    private final JdbcClient jdbc;

    /** Registered with a transaction that holds the lock already. */
    private final TransactionSynchronization taken = new TransactionSynchronization() {};

    LedgerLock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the lock until the end of the current transaction.
     *
     * @throws IllegalStateException when there is no transaction
     */
    void take() {
        if (TransactionSynchronizationManager.getSynchronizations().contains(taken)) {
            return;
        }
        jdbc.sql(TAKE).query((row, number) -> true).single();
        TransactionSynchronizationManager.registerSynchronization(taken);
    }
}

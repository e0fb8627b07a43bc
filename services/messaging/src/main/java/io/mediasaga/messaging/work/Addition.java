package io.mediasaga.messaging.work;

import io.mediasaga.messaging.work.WorkLeases.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Work that a transaction adds. As much of it as there are free places here is claimed by the same transaction and begun when
 * that has committed; the rest is looked for by whoever has room.
 */
final class Addition implements TransactionSynchronization {

    private final WorkSignal signal;
    private final WorkSignal.@Nullable Runner runner;
    private final int places;
    private final List<Claim> claims = new ArrayList<>();

    Addition(WorkSignal signal, int claimable) {
        this.signal = signal;
        this.runner = signal.runner();
        this.places = runner == null || claimable == 0 ? 0 : runner.reserve(claimable);
    }

    /** How many of the claimable ones are claimed. */
    int places() {
        return places;
    }

    @Nullable String owner() {
        return runner == null ? null : runner.owner();
    }

    long leaseMillis() {
        return runner == null ? 0 : runner.lease().toMillis();
    }

    void claimed(Claim claim) {
        claims.add(claim);
    }

    @Override
    public void afterCompletion(int status) {
        boolean committed = status == STATUS_COMMITTED;
        if (runner != null) {
            runner.giveBack(committed ? places - claims.size() : places);
            if (committed) {
                runner.run(claims);
            }
        }
        if (committed) {
            signal.wake();
        }
    }
}

package io.mediasaga.quota;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what fits, one after the other, each with regard to those before it. Sums are compared by subtraction, and limits
 * are bounded, so nothing overflows. For one batch, under {@link LedgerLock}.
 */
final class Room {

    private final Map<String, Balance> balances = new HashMap<>();
    private final Map<String, Reservation> reservations = new HashMap<>();

    /** How it stands with the owner and the asset that room is asked for. */
    record Standing(Balance balance, @Nullable Reservation reservation) {}

    /** An owner's limits, and what is reserved or used of them. */
    record Balance(long limitBytes, long limitAssets, long takenBytes, long takenAssets) {

        Balance with(long bytes) {
            return new Balance(limitBytes, limitAssets, takenBytes + bytes, takenAssets + 1);
        }

        long freeBytes() {
            return Math.max(0, limitBytes - takenBytes);
        }

        long freeAssets() {
            return Math.max(0, limitAssets - takenAssets);
        }
    }

    /** @param standing before the batch */
    Decision decide(Ledger.Asked asked, Standing standing) {
        Balance balance = balances.getOrDefault(asked.ownerId(), standing.balance());
        Reservation before = reservations.getOrDefault(asked.assetId(), standing.reservation());
        if (before != null && before.counts()) {
            return before.isFor(asked)
                    ? new Decision.Same(before, balance.freeBytes(), balance.freeAssets())
                    : new Decision.Taken(before);
        }
        if (balance.freeBytes() < asked.bytes() || balance.freeAssets() < 1) {
            return new Decision.Exceeded(balance.freeBytes(), balance.limitBytes(), balance.limitAssets());
        }
        Balance after = balance.with(asked.bytes());
        balances.put(asked.ownerId(), after);
        reservations.put(
                asked.assetId(),
                new Reservation(
                        asked.assetId(),
                        asked.ownerId(),
                        asked.sagaId(),
                        asked.bytes(),
                        ReservationState.HELD,
                        Instant.MAX));
        return new Decision.Reserved(asked.assetId(), after.freeBytes(), after.freeAssets(), Instant.MAX);
    }
}

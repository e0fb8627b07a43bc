package io.mediasaga.quota;

import java.time.Instant;

/** A reservation as it stands. */
record Reservation(
        String assetId, String ownerId, String sagaId, long bytes, ReservationState state, Instant expiresAt) {

    /** Whether the asset's room is taken. */
    boolean counts() {
        return state == ReservationState.HELD || state == ReservationState.USED;
    }

    /** Whether it is just what is asked for. */
    boolean isFor(Ledger.Asked asked) {
        return sagaId.equals(asked.sagaId()) && ownerId.equals(asked.ownerId()) && bytes == asked.bytes();
    }

    Reservation until(Instant end) {
        return new Reservation(assetId, ownerId, sagaId, bytes, state, end);
    }
}

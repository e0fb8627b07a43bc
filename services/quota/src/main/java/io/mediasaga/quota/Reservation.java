package io.mediasaga.quota;

import java.time.Instant;

/** A reservation as it stands. */
record Reservation(
        String assetId, String ownerId, String sagaId, long bytes, ReservationState state, Instant expiresAt) {}

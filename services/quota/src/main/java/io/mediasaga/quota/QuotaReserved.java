package io.mediasaga.quota;

import java.time.Instant;

/** Payload of the reply: what is left after the reservation, and how long it lasts. */
record QuotaReserved(
        String assetId, String ownerId, long reservedBytes, long freeBytes, long freeAssets, Instant expiresAt) {}

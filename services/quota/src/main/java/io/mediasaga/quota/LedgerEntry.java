package io.mediasaga.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an account, as differences.
 *
 * @param kind RESERVE, RELEASE, COMMIT, EXPIRE or ADJUST
 * @param adjustmentId for an ADJUST, the id that its maker gave it
 */
record LedgerEntry(
        long entryId,
        String kind,
        long reservedBytes,
        long reservedAssets,
        long usedBytes,
        long usedAssets,
        @Nullable String assetId,
        @Nullable String sagaId,
        @Nullable String adjustmentId,
        @Nullable String note,
        Instant createdAt) {}

package io.mediasaga.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with an owner.
 *
 * @param ownLimits whether the owner has limits of its own, not the configured ones
 * @param updatedAt when the account changed last; absent while it has none
 */
record Quota(
        String ownerId,
        long limitBytes,
        long limitAssets,
        boolean ownLimits,
        long reservedBytes,
        long reservedAssets,
        long usedBytes,
        long usedAssets,
        long freeBytes,
        long freeAssets,
        @Nullable Instant updatedAt) {

    static Quota untouched(String ownerId, Limits limits) {
        long bytes = limits.bytes();
        long assets = limits.assets();
        return new Quota(ownerId, bytes, assets, false, 0, 0, 0, 0, bytes, assets, null);
    }
}

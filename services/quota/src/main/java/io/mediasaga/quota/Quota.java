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
        return new Quota(ownerId, limits.bytes(), limits.assets(), false, 0, 0, 0, 0, limits.bytes(), limits.assets(), null);
    }
}

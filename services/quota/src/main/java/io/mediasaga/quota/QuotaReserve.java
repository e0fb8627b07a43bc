package io.mediasaga.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Payload of the command.
 *
 * @param bytes size of the file
 * @param expiresAt deadline of the saga; the configured lease counts where it is absent
 */
record QuotaReserve(
        @Nullable String assetId, @Nullable String ownerId, @Nullable Long bytes, @Nullable Instant expiresAt) {}

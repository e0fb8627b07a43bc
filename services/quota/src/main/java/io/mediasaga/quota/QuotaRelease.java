package io.mediasaga.quota;

import org.jspecify.annotations.Nullable;

/** Payload of the compensation. The owner is known from the reservation. */
record QuotaRelease(@Nullable String assetId, @Nullable String ownerId) {}

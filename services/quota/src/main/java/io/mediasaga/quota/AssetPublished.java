package io.mediasaga.quota;

import org.jspecify.annotations.Nullable;

/** Payload of the event. The owner is known from the reservation. */
record AssetPublished(@Nullable String assetId, @Nullable String ownerId) {}

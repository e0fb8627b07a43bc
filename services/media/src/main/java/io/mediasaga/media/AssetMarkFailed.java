package io.mediasaga.media;

import org.jspecify.annotations.Nullable;

/** Payload of the compensation. */
record AssetMarkFailed(@Nullable String assetId, @Nullable String reason) {}

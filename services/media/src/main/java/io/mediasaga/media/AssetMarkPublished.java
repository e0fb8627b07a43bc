package io.mediasaga.media;

import org.jspecify.annotations.Nullable;

/** Payload of the command; the asset's id and its public address are required. */
record AssetMarkPublished(
        @Nullable String assetId,
        @Nullable String publicPath,
        @Nullable String watchPath,
        @Nullable String posterPath,
        @Nullable String profile,
        @Nullable String note,
        @Nullable Long durationMs,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long outputBytes) {}

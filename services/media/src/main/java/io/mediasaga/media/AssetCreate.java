package io.mediasaga.media;

import org.jspecify.annotations.Nullable;

/** Payload of the command; only the asset's id is required. */
record AssetCreate(
        @Nullable String assetId,
        @Nullable String ownerId,
        @Nullable String title,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable Long sizeBytes) {}

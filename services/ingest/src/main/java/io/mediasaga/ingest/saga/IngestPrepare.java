package io.mediasaga.ingest.saga;

import org.jspecify.annotations.Nullable;

/** Payload of the command. */
record IngestPrepare(
        @Nullable String assetId,
        @Nullable String ownerId,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable Long sizeBytes,
        @Nullable String sha256) {}

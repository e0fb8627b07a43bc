package io.mediasaga.ingest.saga;

import org.jspecify.annotations.Nullable;

/** Payload of the command. The saga's own uploads are meant, whatever the asset. */
record IngestCleanup(@Nullable String assetId) {}

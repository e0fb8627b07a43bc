package io.mediasaga.processing;

import org.jspecify.annotations.Nullable;

/** The payload of the compensation. */
record ProcessingCleanup(@Nullable String assetId) {}

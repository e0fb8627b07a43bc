package io.mediasaga.quota;

import org.jspecify.annotations.Nullable;

/** Limits of an owner's own; both are required. */
record LimitsChange(@Nullable Long limitBytes, @Nullable Long limitAssets) {}

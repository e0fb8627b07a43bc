package io.mediasaga.quota;

import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Limits of an owner's own; both are required. */
record LimitsChange(
        @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "0", maximum = "" + Limits.MAX_BYTES) @Nullable Long limitBytes,
        @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "0", maximum = "" + Limits.MAX_ASSETS) @Nullable Long limitAssets) {}

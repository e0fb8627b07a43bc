package io.mediasaga.quota;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.web.description.Patterns;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A correction of what an owner uses, made by a person.
 *
 * @param adjustmentId makes the correction happen once, however often it is sent
 * @param bytes to add to the bytes in use, negative to subtract
 * @param assets to add to the assets in use, negative to subtract
 * @param note why
 */
record Adjustment(
        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = Envelope.MAX_ID_LENGTH, pattern = Patterns.IDENTIFIER)
                @Nullable String adjustmentId,
        @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "-" + Limits.MAX_BYTES, maximum = "" + Limits.MAX_BYTES)
                @Nullable Long bytes,
        @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "-" + Limits.MAX_ASSETS, maximum = "" + Limits.MAX_ASSETS)
                @Nullable Long assets,
        @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = Requests.MAX_NOTE, pattern = "^[^\\x00]*\\S[^\\x00]*$")
                @Nullable String note) {}

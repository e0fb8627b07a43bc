package io.mediasaga.orchestrator.deadletter;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to send dead letters again.
 *
 * @param ids which ones; either this or a filter
 * @param filter which ones
 * @param rate how many in a second, 50 when absent
 * @param dryRun whether only to count
 * @param reason why, for the audit
 */
public record RedriveRequest(
        @ArraySchema(maxItems = Redrives.MOST) @Nullable List<Long> ids,
        @Nullable DeadLetterFilter filter,
        @Schema(minimum = "1", maximum = "" + Redrives.MOST) @Nullable Integer rate,
        @Nullable Boolean dryRun,
        @Nullable String reason) {}

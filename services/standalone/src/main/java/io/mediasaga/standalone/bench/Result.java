package io.mediasaga.standalone.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param load what was asked for, in words
 * @param durability settings of PostgreSQL as it told them
 * @param window the measured time
 * @param used within the measured time
 * @param accepted sagas, warm-up included
 * @param ended sagas whose end was told
 * @param refused starts that the platform had too much to do for
 * @param failed requests that were answered wrongly or not at all
 * @param lastFailure what the last of them was
 * @param audit everything that was looked at
 */
record Result(
        String load,
        Map<String, String> durability,
        Window window,
        Counters used,
        long accepted,
        long ended,
        long refused,
        long failed,
        @Nullable String lastFailure,
        List<Finding> audit) {

    boolean auditHolds() {
        return accepted <= ended && audit.stream().allMatch(Finding::holds);
    }

    /** Whether the platform kept up with all that was asked of it. */
    boolean sustained() {
        return window.sustained() && refused == 0 && failed == 0;
    }
}

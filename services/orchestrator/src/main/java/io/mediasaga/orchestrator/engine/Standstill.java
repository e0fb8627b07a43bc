package io.mediasaga.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A time in which messages did not flow: Kafka, the database or all orchestrators were away. It counts for no step's timeout.
 *
 * @param from when it began
 * @param until when whatever had piled up has gone through; may be in the future
 */
public record Standstill(Instant from, Instant until) {

    /**
     * When something is due whose clock began at {@code since}.
     *
     * @param all disjoint, by age
     * @param due when it would be due had nothing stood still
     */
    static Instant postpone(List<Standstill> all, Instant since, Instant due) {
        Instant postponed = due;
        for (Standstill each : all) {
            Instant begins = each.from.isAfter(since) ? each.from : since;
            if (begins.isBefore(postponed) && begins.isBefore(each.until)) {
                postponed = postponed.plus(Duration.between(begins, each.until));
            }
        }
        return postponed;
    }
}

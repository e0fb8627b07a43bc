package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.standalone.verify.audit.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param seed that it followed from
 * @param seconds from the first start to the last end
 * @param accepted sagas whose start was answered
 * @param endings how many sagas are in which state
 * @param turnedBack compensated sagas of which nothing was made to fail for good: a fault lasted longer than their patience
 * @param faults how often what was made to go wrong
 * @param needsPerson sagas that nobody but a person can bring to an end: held, stuck, or with a dead letter
 * @param findings of the audit
 */
record VerifyResult(
        long seed,
        double seconds,
        int accepted,
        Map<String, Long> endings,
        long turnedBack,
        Map<String, Long> faults,
        long needsPerson,
        List<Injection> schedule,
        List<Finding> findings) {

    static VerifyResult of(
            VerifyOptions options, Plan plan, List<Injection> schedule, Progress progress, double seconds,
            List<Finding> findings, EmbeddedPostgres postgres) throws SQLException {
        try (Connection database = postgres.superuser(EmbeddedPostgres.DATABASE)) {
            Tally tally = new Tally(database, plan, progress.numbers());
            return new VerifyResult(options.seed(), seconds, progress.acceptedSoFar().size(), tally.endings(), tally.turnedBack(),
                    tally.faults(progress), tally.needsPerson(), schedule, findings);
        }
    }

    boolean holds() {
        return findings.stream().allMatch(Finding::holds);
    }

    List<Finding> violated() {
        return findings.stream().filter(finding -> !finding.holds()).toList();
    }

    long faultsInAll() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sagas that need a person for each 10,000 faults. */
    double needsPersonPer10000() {
        return faultsInAll() == 0 ? 0 : needsPerson * 10_000.0 / faultsInAll();
    }
}

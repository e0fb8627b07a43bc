package io.mediasaga.standalone.verify;

import java.time.Duration;
import java.util.Set;

/**
 * What to run.
 *
 * @param sagas how many
 * @param faults what is made to go wrong
 * @param seed what the whole schedule follows from
 * @param underWay the most sagas under way at the same time
 * @param limit after so long no saga is started any more; those under way have a few minutes more
 * @param mode whether automatic recovery is on
 */
record VerifyOptions(int sagas, Set<FaultKind> faults, long seed, int underWay, Duration limit, Mode mode) {

    /** Whether automatic recovery is on. */
    enum Mode {
        /** It is, and every kind of fault is there: those as well that no retry mends. */
        PRODUCT,
        /** It is, and only faults are there that pass. */
        RECOVERING,
        /** It is not: what a fault hits stays as it is. Only to see what recovery is worth. */
        NAIVE
    }

    VerifyOptions {
        faults = Set.copyOf(faults);
        if (sagas < 1 || sagas > 10_000_000) {
            throw new VerifyException("--sagas is " + sagas + "; 1 to 10000000 is possible");
        }
        if (underWay < 1 || underWay > 10_000) {
            throw new VerifyException("--concurrency is " + underWay + "; 1 to 10000 is possible");
        }
        if (!limit.isPositive()) {
            throw new VerifyException("--limit has to be longer than nothing, as in 30m");
        }
    }

    boolean has(FaultKind kind) {
        return faults.contains(kind);
    }
}

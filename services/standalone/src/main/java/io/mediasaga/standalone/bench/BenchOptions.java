package io.mediasaga.standalone.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param rate sagas a second; 0 to keep {@code concurrency} of them under way instead
 * @param warming how many sagas are under way during the warm-up, where {@code rate} is 0; at least {@code concurrency}
 * @param warmup before the measured time
 * @param duration the measured time
 * @param profile where to record what takes the time, if that is wanted
 * @param ended how many sagas have ended before
 * @param over the time over which they ended
 */
record BenchOptions(
        double rate, int concurrency, int warming, Duration warmup, Duration duration, @Nullable Path profile, long ended, Duration over) {

    BenchOptions(double rate, int concurrency, Duration warmup, Duration duration, @Nullable Path profile) {
        this(rate, concurrency, warmup, duration, profile, 0, Duration.ZERO);
    }

    BenchOptions(
            double rate, int concurrency, Duration warmup, Duration duration, @Nullable Path profile, long ended, Duration over) {
        this(rate, concurrency, concurrency, warmup, duration, profile, ended, over);
    }

    Pace pace() {
        return rate > 0 ? new Pace.Rate(rate) : new Pace.Concurrency(concurrency, warming);
    }

    /** What is asked for, in words. */
    String load() {
        String load = rate > 0 ? "%.0f sagas/s offered".formatted(rate) : concurrency + " sagas at a time";
        return ended == 0 ? load : "%s after %,d that ended in %d days".formatted(load, ended, over.toDays());
    }
}

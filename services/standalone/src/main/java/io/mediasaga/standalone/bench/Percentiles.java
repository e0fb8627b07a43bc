package io.mediasaga.standalone.bench;

import java.util.stream.LongStream;

/** Of a set of times; in milliseconds. */
record Percentiles(double p50, double p95, double p99, double max) {

    static Percentiles of(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return new Percentiles(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest value that at least this share of them does not exceed; NaN of nothing. */
    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}

package io.mediasaga.quota;

/**
 * What an owner may have.
 *
 * @param bytes reserved and used together
 * @param assets reserved and used together
 */
record Limits(long bytes, long assets) {

    /** 1 EiB: sums of a few of them are far from the end of 64 bits. */
    static final long MAX_BYTES = 1L << 60;

    static final long MAX_ASSETS = 1_000_000_000_000L;

    /** The largest single asset, 1 PiB. */
    static final long MAX_ASSET_BYTES = 1L << 50;

    /** @throws IllegalArgumentException when the value is out of range, by the given name */
    static void check(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("%s is %d; 0 to %d is possible".formatted(name, value, max));
        }
    }
}

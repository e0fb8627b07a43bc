package io.mediasaga.standalone.bench.ended;

import java.time.Duration;
import java.time.Instant;

/**
 * Ids and ages of the copies, numbered from 1, the oldest, on: functions of the number, so that tables can be written one
 * without another, and again. As those of the platform, ids are UUIDs of version 7: they begin with a time, and lie in an index where
 * those would.
 *
 * @param count how many copies there are
 * @param over the time over which they are spread evenly
 * @param now its end
 */
record Names(long count, Duration over, Instant now) {

    static final int OWNERS = 1000;
    static final String OWNER_PREFIX = "ended-";

    private static final String HEX = "0123456789abcdef";

    /** How long ago copy number {@code copy} happened, in microseconds; nothing for number 0, which is the original. */
    long ageMicros(long copy) {
        return copy == 0 ? 0 : (long) (over.toMillis() * 1000.0 * (1 - copy / (count + 1.0)));
    }

    /** The first copy that is younger than that; one more than there are, where none is. */
    long firstWithin(Duration age) {
        double share = 1 - (double) age.toMillis() / over.toMillis();
        return Math.max(1, (long) (share * (count + 1)) + 1);
    }

    static String owner(long copy) {
        return OWNER_PREFIX + copy % OWNERS;
    }

    /** The id of a thing of the copy; {@code kind} tells the copy's things from each other. */
    String id(long kind, long copy) {
        long millis = now.toEpochMilli() - ageMicros(copy) / 1000;
        long random = mixed(mixed(kind) + copy);
        long rest = mixed(random + kind);
        char[] text = new char[36];
        hex(text, 0, 8, millis >>> 16);
        text[8] = '-';
        hex(text, 9, 4, millis);
        text[13] = '-';
        text[14] = '7';
        hex(text, 15, 3, rest);
        text[18] = '-';
        text[19] = '8';
        hex(text, 20, 3, random >>> 48);
        text[23] = '-';
        hex(text, 24, 12, random);
        return new String(text);
    }

    private static void hex(char[] text, int at, int digits, long value) {
        long left = value;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = HEX.charAt((int) (left & 15));
            left >>>= 4;
        }
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

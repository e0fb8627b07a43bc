package io.mediasaga.quota;

import java.util.Locale;

/** Sizes in words. */
final class Sizes {

    private static final String UNITS = "KMGTPE";

    private Sizes() {}

    /** As in {@code 1536 bytes (1.5 KiB)}. */
    static String of(long bytes) {
        if (Math.abs(bytes) < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        while (Math.abs(value) >= 1024 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%d bytes (%.1f %ciB)", bytes, value, UNITS.charAt(unit));
    }
}

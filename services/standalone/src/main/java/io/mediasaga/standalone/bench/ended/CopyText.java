package io.mediasaga.standalone.bench.ended;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Bytes in the text form of PostgreSQL's COPY, in a buffer that is used again and again. Not thread-safe. */
final class CopyText {

    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400 * SECOND;

    private byte[] bytes = new byte[1 << 17];
    private int length;
    private long day = Long.MIN_VALUE;
    private byte[] date = {};

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    void addAscii(String more) {
        int count = more.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) more.charAt(i);
        }
        length += count;
    }

    /** A time in microseconds since 1970, as PostgreSQL reads it. */
    void addTime(long micros) {
        long thisDay = Math.floorDiv(micros, DAY);
        if (thisDay != day) {
            day = thisDay;
            date = (LocalDate.ofEpochDay(thisDay) + " ").getBytes(StandardCharsets.US_ASCII);
        }
        add(date);
        long left = Math.floorMod(micros, DAY);
        room(18);
        digits(left / (3600 * SECOND), 2, ':');
        digits(left / (60 * SECOND) % 60, 2, ':');
        digits(left / SECOND % 60, 2, '.');
        digits(left % SECOND, 6, '+');
        digits(0, 1, '0');
    }

    private void digits(long value, int count, char then) {
        long left = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        bytes[length + count] = (byte) then;
        length += count + 1;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** The value with what separates columns and lines written otherwise. */
    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}

package io.mediasaga.ingest.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file a request brings.
 *
 * @param from the first byte
 * @param length how many; -1 where that is not said
 * @param total size of the file; -1 where that is not said
 */
record ContentRange(long from, long length, long total) {

    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Of the header {@code Content-Range}; the whole file where it is absent. */
    static ContentRange parse(@Nullable String header) {
        if (header == null) {
            return new ContentRange(0, -1, -1);
        }
        Matcher found = FORM.matcher(header.strip());
        if (!found.matches()) {
            throw Tus.bad("Content-Range must be of the form bytes FIRST-LAST/SIZE");
        }
        long from = Long.parseLong(found.group(1));
        long last = Long.parseLong(found.group(2));
        if (last < from) {
            throw Tus.bad("Content-Range ends before it begins");
        }
        return new ContentRange(
                from, last - from + 1, found.group(3).equals("*") ? -1 : Long.parseLong(found.group(3)));
    }
}

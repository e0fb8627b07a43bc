package io.mediasaga.web;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The id of the request that the current thread works for: in every log line, in the response, in every message. */
public final class RequestId {

    /** The HTTP header, and the header of messages. */
    public static final String HEADER = "X-Request-ID";

    /** The key of the logging context. */
    public static final String MDC_KEY = "request_id";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~:+/=@-]{1,64}");

    private RequestId() {}

    /** The id of the current request, or {@code null} outside of any. */
    public static @Nullable String current() {
        return MDC.get(MDC_KEY);
    }

    /**
     * The given id where it is safe to log and pass on (1 to 64 characters of letters, digits and {@code ._~:+/=@-}),
     * else a new one.
     */
    static String orNew(@Nullable String given) {
        return given != null && SAFE.matcher(given).matches()
                ? given
                : fresh();
    }

    /** Ids have to be unique, not secret: {@link UUID#randomUUID} would have all requests share a lock. */
    private static String fresh() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }
}

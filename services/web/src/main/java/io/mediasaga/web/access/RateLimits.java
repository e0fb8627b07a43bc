package io.mediasaga.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.RateLimited.Limit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;

/** Counts what each person asks for, by token buckets in the memory of this replica. */
public final class RateLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LimitProperties properties;
    private final Cache<Key, Bucket> buckets;
    private final Map<Limit, Counter> refused = new EnumMap<>(Limit.class);

    RateLimits(LimitProperties properties, MeterRegistry meters) {
        this.properties = properties;
        // A bucket that nobody took from for a minute is full again, so nothing is lost with it.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(properties.people() * (long) Limit.values().length)
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .build();
        for (Limit limit : Limit.values()) {
            refused.put(limit, Counter.builder("mediasaga.requests.limited")
                    .description("Requests refused because a person made too many")
                    .tag("limit", limit.name().toLowerCase(Locale.ROOT))
                    .register(meters));
        }
    }

    private record Key(Limit limit, String person) {}

    /** @throws ProblemException 429 when the person is over the limit */
    public void take(Limit limit, Caller caller) {
        int perMinute = properties.perMinute(limit);
        if (caller.service() || perMinute == 0) {
            return;
        }
        ConsumptionProbe probe = buckets.get(new Key(limit, caller.id()), key -> bucket(perMinute)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refused.get(limit).increment();
            int seconds = (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + 999_999_999));
            throw new ProblemException(
                            HttpStatus.TOO_MANY_REQUESTS, "RATE_LIMITED",
                            "%s may %s %d times a minute; try again in %d s".formatted(caller.name(), limit.words(), perMinute, seconds))
                    .retryAfter(seconds)
                    .with("limit_per_minute", perMinute);
        }
    }

    private static Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build();
    }
}

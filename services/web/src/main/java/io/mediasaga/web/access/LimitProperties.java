package io.mediasaga.web.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much each person may ask for, {@code mediasaga.limits.*}, of each replica; the platform's own credential has no limit.
 *
 * @param startsPerMinute starts of sagas, as many at once; 0 for no limit
 * @param uploadsPerMinute tokens for uploads and uploads begun without one, as many at once; 0 for no limit
 * @param people of how many people is kept count; who asked longest ago is forgotten first
 */
@ConfigurationProperties("mediasaga.limits")
record LimitProperties(
        @DefaultValue("120") int startsPerMinute, @DefaultValue("240") int uploadsPerMinute, @DefaultValue("10000") int people) {

    LimitProperties {
        if (startsPerMinute < 0 || uploadsPerMinute < 0 || people < 1) {
            throw new IllegalArgumentException(
                    "mediasaga.limits: starts-per-minute and uploads-per-minute cannot be negative, people has to be 1 or more");
        }
    }

    int perMinute(RateLimited.Limit limit) {
        return switch (limit) {
            case STARTS -> startsPerMinute;
            case UPLOADS -> uploadsPerMinute;
        };
    }
}

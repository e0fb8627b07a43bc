package io.mediasaga.quota;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the quota service, {@code mediasaga.quota.*}.
 *
 * @param defaultLimitBytes how many bytes an owner without a limit of its own may store
 * @param defaultLimitAssets how many assets such an owner may have
 * @param lease how long a reservation lasts when the command does not say
 * @param grace how much longer than its saga's deadline a reservation lasts, for what is still under way then
 * @param maxLease how long a reservation lasts at most
 * @param sweepInterval how often expired reservations are released
 * @param sweepBatch how many of them in one transaction
 */
@ConfigurationProperties("mediasaga.quota")
record QuotaProperties(
        @DefaultValue("1099511627776") long defaultLimitBytes,
        @DefaultValue("1000000") long defaultLimitAssets,
        @DefaultValue("36h") Duration lease,
        @DefaultValue("1h") Duration grace,
        @DefaultValue("90d") Duration maxLease,
        @DefaultValue("30s") Duration sweepInterval,
        @DefaultValue("500") int sweepBatch) {

    QuotaProperties {
        Limits.check("mediasaga.quota.default-limit-bytes", defaultLimitBytes, Limits.MAX_BYTES);
        Limits.check("mediasaga.quota.default-limit-assets", defaultLimitAssets, Limits.MAX_ASSETS);
        if (lease.isNegative() || grace.isNegative() || maxLease.compareTo(lease.plus(grace)) < 0) {
            throw new IllegalArgumentException(
                    "mediasaga.quota.max-lease is %s, shorter than lease (%s) and grace (%s) together, or one of them is negative"
                            .formatted(maxLease, lease, grace));
        }
        if (sweepInterval.toMillis() < 1 || sweepBatch < 1) {
            throw new IllegalArgumentException(
                    "mediasaga.quota.sweep-interval and mediasaga.quota.sweep-batch must be greater than nothing");
        }
    }

    Limits defaultLimits() {
        return new Limits(defaultLimitBytes, defaultLimitAssets);
    }
}

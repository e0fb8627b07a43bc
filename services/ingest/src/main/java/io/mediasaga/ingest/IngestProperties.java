package io.mediasaga.ingest;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the service, {@code mediasaga.ingest.*}.
 *
 * @param maxSize the largest file that is taken
 * @param allowedTypes the content types that are taken, as in {@code video/*}; all when empty
 * @param expiresAfter how long an upload may take from its preparation on; not longer than its saga waits
 * @param smallSize up to this size a file that comes in one request is written at once, without a lock
 * @param syncEvery how many bytes are made durable, and acknowledged, together
 * @param syncWithin how long bytes of a slow client wait for that at most
 * @param lease how long a writer that is not heard of keeps its upload; longer than the server's read timeout
 * @param janitor how often the janitor looks
 * @param orphanScan how often files without an upload are looked for
 * @param keepCleaned how long a cleaned upload can still be asked for
 * @param noticeAfter when a failure is told again if the saga has not cleaned up; then each time twice as long
 */
@ConfigurationProperties("mediasaga.ingest")
public record IngestProperties(
        @DefaultValue("50GB") DataSize maxSize,
        @DefaultValue List<String> allowedTypes,
        @DefaultValue("24h") Duration expiresAfter,
        @DefaultValue("256KB") DataSize smallSize,
        @DefaultValue("16MB") DataSize syncEvery,
        @DefaultValue("2s") Duration syncWithin,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("1s") Duration janitor,
        @DefaultValue("6h") Duration orphanScan,
        @DefaultValue("1d") Duration keepCleaned,
        @DefaultValue("15s") Duration noticeAfter) {

    public IngestProperties {
        if (expiresAfter.isNegative() || expiresAfter.isZero()) {
            throw new IllegalArgumentException("mediasaga.ingest.expires-after has to be longer than nothing");
        }
        if (smallSize.toBytes() > (16L << 20)) {
            throw new IllegalArgumentException(
                    "mediasaga.ingest.small-size is " + smallSize + "; such files are held in memory, so 16MB is the most");
        }
        if (lease.compareTo(syncWithin.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("mediasaga.ingest.lease is " + lease
                    + "; it has to be at least three times mediasaga.ingest.sync-within, which is " + syncWithin);
        }
    }
}

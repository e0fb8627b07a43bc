package io.mediasaga.messaging.config;

import io.mediasaga.messaging.chaos.ChaosPlan;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the messaging library, {@code mediasaga.messaging.*}.
 *
 * @param service the service's name: its consumer group and its dead-letter topic
 * @param maxMessageBytes the largest message that is accepted or sent, in bytes
 * @param createTopics whether missing topics are created at start; off where somebody else does
 * @param topics how topics are created
 * @param consumer how messages are consumed
 * @param retry how often and when failed handlers are tried again
 * @param inbox how long handled messages are remembered
 * @param outbox how messages are sent
 * @param work how long-running work is carried out
 * @param chaos simulated failures, for demonstrations and tests
 */
@ConfigurationProperties("mediasaga.messaging")
public record MessagingProperties(
        @DefaultValue("service") String service,
        @DefaultValue("262144") int maxMessageBytes,
        @DefaultValue("true") boolean createTopics,
        @DefaultValue Topics topics,
        @DefaultValue Consumer consumer,
        @DefaultValue Retry retry,
        @DefaultValue Inbox inbox,
        @DefaultValue Outbox outbox,
        @DefaultValue WorkSettings work,
        @DefaultValue Chaos chaos) {

    public MessagingProperties {
        require(!service.isBlank(), "mediasaga.messaging.service is blank; set it or spring.application.name");
        require(
                maxMessageBytes >= 1024 && maxMessageBytes <= 900_000,
                "mediasaga.messaging.max-message-bytes is " + maxMessageBytes + "; 1024 to 900000 is possible");
    }

    /** Partitions and replicas of created topics. */
    public record Topics(@DefaultValue("6") int partitions, @DefaultValue("1") short replicas) {}

    /**
     * Taking messages in.
     *
     * @param concurrency threads that consume
     * @param maxPollRecords from how many records on a batch is not added to
     * @param gather the most time from one batch to the next while there is much to do, so that more messages share a
     *     transaction; it is shorter where batches take little time, and a message that comes alone waits for nothing
     * @param lagInterval how often it is measured how far the service is behind
     */
    public record Consumer(
            @DefaultValue("2") int concurrency,
            @DefaultValue("500") int maxPollRecords,
            @DefaultValue("60ms") Duration gather,
            @DefaultValue("15s") Duration lagInterval) {
        public Consumer {
            require(lagInterval.isPositive(), "mediasaga.messaging.consumer.lag-interval has to be more than nothing");
            require(!gather.isNegative(), "mediasaga.messaging.consumer.gather is less than nothing");
            require(concurrency >= 1, "mediasaga.messaging.consumer.concurrency has to be at least 1");
            require(maxPollRecords >= 1, "mediasaga.messaging.consumer.max-poll-records has to be at least 1");
        }
    }

    /** Attempts in all, and the wait after the first; it doubles with each further one. */
    public record Retry(@DefaultValue("5") int attempts, @DefaultValue("1s") Duration backoff) {
        public Retry {
            require(attempts >= 1, "mediasaga.messaging.retry.attempts has to be at least 1");
        }

        /** How long to wait after the given number of failed attempts. */
        public Duration after(int failedAttempts) {
            return backoff.multipliedBy(1L << Math.min(failedAttempts - 1, 16));
        }
    }

    /**
     * Handled messages.
     *
     * @param retention how long the database remembers a message, and the outcome of a command; longer than Kafka keeps
     *     messages plus the time in which dead letters are redriven
     * @param pruneInterval how often it is looked for what has outlived that
     * @param cacheTtl how long Redis remembers a message
     */
    public record Inbox(
            @DefaultValue("14d") Duration retention,
            @DefaultValue("10m") Duration pruneInterval,
            @DefaultValue("1h") Duration cacheTtl) {
        public Inbox {
            require(
                    retention.isPositive() && pruneInterval.isPositive() && cacheTtl.toSeconds() >= 1,
                    "mediasaga.messaging.inbox.* have to be more than nothing, cache-ttl at least 1s");
        }
    }

    /**
     * Sending.
     *
     * @param grace how long the process that wrote a row has it for itself
     * @param maxInFlight from how many unacknowledged sends on rows are left to the relay
     * @param pollInterval how often the relay looks when nobody wakes it
     * @param keep for how long, at least, acknowledged rows of topics with a single in-sync replica are kept
     * @param guardInterval how often it is looked whether a broker has lost what it acknowledged
     */
    public record Outbox(
            @DefaultValue("10s") Duration grace,
            @DefaultValue("4000") int maxInFlight,
            @DefaultValue("500ms") Duration pollInterval,
            @DefaultValue("10m") Duration keep,
            @DefaultValue("10s") Duration guardInterval) {
        public Outbox {
            require(grace.toMillis() >= 100, "mediasaga.messaging.outbox.grace has to be at least 100ms");
            require(maxInFlight >= 1, "mediasaga.messaging.outbox.max-in-flight has to be at least 1");
            require(keep.toSeconds() >= 1, "mediasaga.messaging.outbox.keep has to be at least 1s");
            require(
                    pollInterval.isPositive() && guardInterval.isPositive(),
                    "mediasaga.messaging.outbox.poll-interval and guard-interval have to be more than nothing");
        }
    }

    /** Work at the same time, the lease it is done under, attempts in all, and the wait after the first. */
    public record WorkSettings(
            @DefaultValue("4") int concurrency,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("500ms") Duration pollInterval) {
        public WorkSettings {
            require(concurrency >= 1, "mediasaga.messaging.work.concurrency has to be at least 1");
            require(lease.toSeconds() >= 3, "mediasaga.messaging.work.lease has to be at least 3s");
        }
    }

    /**
     * Simulated failures; see {@link ChaosPlan}. All of it is off by default.
     *
     * @param dropPause how long the relay leaves alone what was dropped
     * @param clockSkew by how much the clock of this process is wrong
     */
    public record Chaos(
            @DefaultValue("0") double dropShare,
            @DefaultValue("0s") Duration dropPause,
            @DefaultValue("0") double delayShare,
            @DefaultValue("10s") Duration delay,
            @DefaultValue("0") double failShare,
            @DefaultValue("0.2") double permanentShare,
            @DefaultValue("0") long seed,
            @DefaultValue("0s") Duration clockSkew) {
        public Chaos {
            share("drop-share", dropShare);
            share("delay-share", delayShare);
            share("fail-share", failShare);
            require(
                    permanentShare >= 0 && permanentShare <= 1,
                    "mediasaga.messaging.chaos.permanent-share is " + permanentShare + "; 0 to 1 is possible");
        }

        private static void share(String name, double value) {
            require(
                    value >= 0 && value < 1,
                    "mediasaga.messaging.chaos." + name + " is " + value + "; 0 to 0.99 is possible");
        }

        io.mediasaga.messaging.chaos.Chaos toChaos() {
            return new io.mediasaga.messaging.chaos.Chaos(
                    new ChaosPlan(seed, dropShare, delayShare, delay, failShare, permanentShare), dropPause);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

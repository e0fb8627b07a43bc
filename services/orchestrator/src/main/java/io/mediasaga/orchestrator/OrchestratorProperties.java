package io.mediasaga.orchestrator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the orchestrator, {@code mediasaga.orchestrator.*}.
 *
 * @param definitionPoll how often definitions are looked at that another replica may have changed
 * @param timers how due sagas are found
 * @param starts how sagas are started
 * @param retention how long what is over is kept
 */
@ConfigurationProperties("mediasaga.orchestrator")
public record OrchestratorProperties(
        @DefaultValue("3s") Duration definitionPoll,
        @DefaultValue Timers timers,
        @DefaultValue Starts starts,
        @DefaultValue Retention retention) {

    public OrchestratorProperties {
        positive("definition-poll", definitionPoll);
    }

    /**
     * Timers.
     *
     * @param poll how often to look for due sagas
     * @param batch how many to take at once
     * @param grace for how long after Kafka or the database was away timeouts still rest, so that what has piled up goes
     *     through
     */
    public record Timers(
            @DefaultValue("200ms") Duration poll,
            @DefaultValue("200") int batch,
            @DefaultValue("30s") Duration grace) {
        public Timers {
            positive("timers.grace", grace);
            positive("timers.poll", poll);
            positive("timers.batch", batch);
        }
    }

    /**
     * Starts.
     *
     * @param batch the most starts that share one transaction
     * @param gather the most time from one such transaction to the next while many starts come
     * @param maxWaiting from how many waiting starts on further ones are refused
     * @param maxUnsent from how many messages in the outbox on starts are refused
     * @param maxOverdue from how many sagas on that have been due for more than five seconds starts are refused
     * @param maxLag from how many replies on that are in Kafka and not taken yet starts are refused
     * @param keyRetention how long an idempotency key is remembered
     */
    public record Starts(
            @DefaultValue("100") int batch,
            @DefaultValue("60ms") Duration gather,
            @DefaultValue("2000") int maxWaiting,
            @DefaultValue("20000") long maxUnsent,
            @DefaultValue("5000") long maxOverdue,
            @DefaultValue("20000") long maxLag,
            @DefaultValue("7d") Duration keyRetention) {
        public Starts {
            positive("starts.batch", batch);
            positive("starts.max-waiting", maxWaiting);
            positive("starts.key-retention", keyRetention);
        }
    }

    /** How long ended sagas with their history are kept; nothing is deleted where it is zero. */
    public record Retention(@DefaultValue("90d") Duration sagas) {}

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "mediasaga.orchestrator." + name + " is " + value + "; it has to be more than 0");
        }
    }

    private static void positive(String name, Duration value) {
        positive(name, value.toMillis());
    }
}

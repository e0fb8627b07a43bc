package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.config.MessagingProperties;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics that are missing, where that is wanted; waits for Kafka as long as it takes. */
public final class TopicProvisioner {

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final long WAIT_SECONDS = 2;
    private static final String DEAD_LETTER_PREFIX = "deadletters.";
    private static final int ROOM_FOR_HEADERS = 64 * 1024;

    private final Admin admin;
    private final MessagingProperties properties;
    private final Set<String> always;

    /** @param always topics that the service needs whatever its handlers are: its dead letters */
    public TopicProvisioner(Admin admin, MessagingProperties properties, Set<String> always) {
        this.admin = admin;
        this.properties = properties;
        this.always = Set.copyOf(always);
    }

    /** Provides the topics; answers false when it was told to stop before Kafka answered. */
    boolean provide(Set<String> topics, BooleanSupplier goOn) {
        if (!properties.createTopics()) {
            return true;
        }
        var needed = new HashSet<>(topics);
        needed.addAll(always);
        boolean waited = false;
        while (goOn.getAsBoolean()) {
            try {
                needed.removeAll(admin.listTopics().names().get(10, TimeUnit.SECONDS));
                create(needed);
                return true;
            } catch (ExecutionException | TimeoutException e) {
                if (!waited) {
                    log.warn("Waiting for Kafka: {}", e.getCause() == null ? e.toString() : e.getCause().getMessage());
                }
                waited = true;
                if (!sleep()) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private void create(Set<String> missing) throws ExecutionException, InterruptedException, TimeoutException {
        if (missing.isEmpty()) {
            return;
        }
        var created = admin.createTopics(missing.stream().map(this::topic).toList());
        for (var result : created.values().entrySet()) {
            try {
                result.getValue().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RetriableException || e.getCause() instanceof TimeoutException) {
                    throw e;
                }
                if (!(e.getCause() instanceof TopicExistsException)) {
                    // Trying again would change nothing, and the other topics may well be there.
                    log.error(
                            "Cannot create topic {} (mediasaga.messaging.create-topics): {}",
                            result.getKey(),
                            String.valueOf(e.getCause()));
                }
            }
        }
        log.info("Created topics {}", missing);
    }

    private NewTopic topic(String name) {
        int maxBytes = name.startsWith(DEAD_LETTER_PREFIX)
                ? 2 * 1024 * 1024
                : properties.maxMessageBytes() + ROOM_FOR_HEADERS;
        return new NewTopic(name, properties.topics().partitions(), properties.topics().replicas())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Math.max(maxBytes, 1_048_588))));
    }

    private static boolean sleep() {
        try {
            TimeUnit.SECONDS.sleep(WAIT_SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

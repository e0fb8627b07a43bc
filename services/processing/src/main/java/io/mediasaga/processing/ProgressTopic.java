package io.mediasaga.processing;

import io.mediasaga.messaging.config.MessagingProperties;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Provides the topic of progress events, which belongs to no command. Until it is there no progress is sent. */
@Component
class ProgressTopic {

    static final String NAME = "events.processing.progress";

    private static final Logger LOG = LoggerFactory.getLogger(ProgressTopic.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Admin admin;
    private final MessagingProperties properties;
    private volatile boolean there;

    ProgressTopic(Admin admin, MessagingProperties properties) {
        this.admin = admin;
        this.properties = properties;
    }

    /** Whether events can be sent. */
    boolean isThere() {
        return there;
    }

    /** Looks again and again until the topic is there; Kafka may come later than this service. */
    @Scheduled(fixedDelay = 2_000)
    void provide() throws InterruptedException {
        if (there) {
            return;
        }
        try {
            there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS).contains(NAME)
                    || properties.createTopics() && create();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The topic {} is not there yet", NAME, e);
        }
    }

    private boolean create() throws ExecutionException, InterruptedException, TimeoutException {
        MessagingProperties.Topics topics = properties.topics();
        try {
            admin.createTopics(List.of(new NewTopic(NAME, topics.partitions(), topics.replicas())))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return true;
    }
}

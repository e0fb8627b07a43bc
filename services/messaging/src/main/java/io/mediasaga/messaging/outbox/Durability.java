package io.mediasaga.messaging.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which topics are held by at least two brokers before they acknowledge. Unknown ones count as held by one: that
 * keeps rows longer than needed and loses nothing.
 */
final class Durability {

    private static final Logger log = LoggerFactory.getLogger(Durability.class);

    private final Admin admin;
    private final Map<String, Boolean> replicated = new ConcurrentHashMap<>();

    Durability(Admin admin) {
        this.admin = admin;
    }

    boolean isReplicated(String topic) {
        return replicated.computeIfAbsent(topic, t -> false);
    }

    /** Asks the cluster about the topics seen so far. */
    void refresh() {
        var resources = replicated.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        if (resources.isEmpty()) {
            return;
        }
        admin.describeConfigs(resources).values().forEach((resource, future) -> {
            try {
                var value = future.get(10, TimeUnit.SECONDS).get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
                replicated.put(resource.name(), value != null && Integer.parseInt(value.value()) >= 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.debug("Cannot tell how many replicas topic {} has: {}", resource.name(), e.toString());
            }
        });
    }
}

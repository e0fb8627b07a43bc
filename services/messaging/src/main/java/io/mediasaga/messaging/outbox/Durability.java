package io.mediasaga.messaging.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which topics are held by at least two brokers before they acknowledge. Unknown ones count as held by one: that
 * keeps rows longer than needed and loses nothing. Thread-safe.
 */
final class Durability {

    private static final Logger log = LoggerFactory.getLogger(Durability.class);

    private final Admin admin;
    private final Map<String, Boolean> replicated = new ConcurrentHashMap<>();

    Durability(Admin admin) {
        this.admin = admin;
    }

    boolean isReplicated(String topic) {
        Boolean known = replicated.get(topic);
        if (known == null) {
            replicated.putIfAbsent(topic, false);
            return false;
        }
        return known;
    }

    /** Asks the cluster about the topics seen so far. */
    void refresh() throws InterruptedException, TimeoutException {
        var resources = replicated.keySet().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        for (var answer : admin.describeConfigs(resources).values().entrySet()) {
            String topic = answer.getKey().name();
            try {
                replicated.put(topic, isReplicated(answer.getValue().get(10, TimeUnit.SECONDS)));
            } catch (ExecutionException e) {
                log.debug("Cannot tell how many replicas topic {} has: {}", topic, String.valueOf(e.getCause()));
            }
        }
    }

    private static boolean isReplicated(Config config) {
        var value = config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return value != null && Integer.parseInt(value.value()) >= 2;
    }
}

package io.mediasaga.operator.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * A topic.
 *
 * @param name Kafka's
 * @param partitions how many
 * @param replicas copies of each
 * @param config what differs from the broker's settings
 */
public record TopicPlan(String name, int partitions, int replicas, Map<String, String> config) {

    public TopicPlan {
        config = new TreeMap<>(config);
    }

    /** The name of its resource. */
    public String resourceName() {
        return Names.topicResource(name);
    }

    TopicPlan withPartitions(int count) {
        return new TopicPlan(name, count, replicas, config);
    }
}

package io.mediasaga.operator.kafka;

import java.util.List;
import java.util.Map;

/**
 * How topics are that the operator keeps itself.
 *
 * @param ready how many are as they should be
 * @param problems by topic what is wrong with it, and what to do
 * @param partitions by topic, of those that there are
 * @param unreachable why Kafka could not be asked; empty when it could
 */
public record TopicState(int ready, Map<String, String> problems, Map<String, Integer> partitions, List<String> unreachable) {

    static TopicState unreachable(String why) {
        return new TopicState(0, Map.of(), Map.of(), List.of(why));
    }
}

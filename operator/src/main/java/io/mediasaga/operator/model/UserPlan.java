package io.mediasaga.operator.model;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Kafka user and what it may do, no more than the steps ask for.
 *
 * @param name of the user
 * @param group the consumer group, and the prefix of further ones
 * @param reads topics
 * @param writes topics
 */
public record UserPlan(String name, String group, SortedSet<String> reads, SortedSet<String> writes) {

    public UserPlan {
        reads = new TreeSet<>(reads);
        writes = new TreeSet<>(writes);
    }
}

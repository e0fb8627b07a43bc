package io.mediasaga.operator.model;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the cluster has, as far as the wanted depends on it.
 *
 * @param apis the APIs that are served
 * @param credentials by participant, those that there are
 * @param rollouts by participant, the Deployments that there are
 * @param running by participant, the keys of the credentials that its pods run with
 * @param partitions by topic, of the KafkaTopics that there are
 * @param runningSagas how many sagas run; empty when nobody knows
 */
public record Observed(
        Set<Api> apis,
        Map<String, Credentials> credentials,
        Map<String, Rollout> rollouts,
        Map<String, Set<String>> running,
        Map<String, Integer> partitions,
        OptionalLong runningSagas) {

    /** A cluster with these APIs and nothing of ours in it. */
    public static Observed nothing(Set<Api> apis) {
        return new Observed(apis, Map.of(), Map.of(), Map.of(), Map.of(), OptionalLong.empty());
    }
}

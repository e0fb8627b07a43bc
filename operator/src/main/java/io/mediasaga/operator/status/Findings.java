package io.mediasaga.operator.status;

import io.mediasaga.operator.apply.Applied;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.orchestrator.Counts;
import io.mediasaga.operator.orchestrator.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was found out in one round.
 *
 * @param plan what is wanted
 * @param applied what was written
 * @param topics how the topics are
 * @param secrets by participant what is wrong with its credentials
 * @param staleSecrets by participant why its credentials, which are there, cannot be looked up anew
 * @param outcome what the orchestrator says; empty when it has not been asked yet
 * @param counts how many sagas there are; empty when unknown
 */
public record Findings(
        Plan plan,
        Applied applied,
        TopicFindings topics,
        Map<String, String> secrets,
        Map<String, String> staleSecrets,
        Optional<Outcome> outcome,
        Optional<Counts> counts) {

    /**
     * How topics and Kafka users are.
     *
     * @param total how many there should be
     * @param ready how many are ready
     * @param problems by name what is wrong; those that are merely not ready yet are not here
     * @param obstacle why nothing can be said or done about them at all
     */
    public record TopicFindings(int total, int ready, Map<String, String> problems, Optional<Aspect> obstacle) {

        /** Whether commands and replies can flow. */
        public boolean allReady() {
            return obstacle.isEmpty() && ready == total;
        }
    }
}

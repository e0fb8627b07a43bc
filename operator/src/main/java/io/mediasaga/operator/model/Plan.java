package io.mediasaga.operator.model;

import io.mediasaga.crd.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that is wanted for one MediaSaga.
 *
 * @param id whose it is
 * @param topology the resolved spec
 * @param observed what it was computed with
 * @param topics those of the definition
 * @param users the Kafka users that are its own
 * @param participants in the spec's order
 * @param copies the credentials to copy now, by participant
 * @param keptCopies names of copies that are still used by something
 * @param keepAllCopies whether copies that nothing wants any more stay, because a rotation is not over
 * @param conflicts what is refused
 */
public record Plan(
        SagaId id,
        Topology topology,
        Observed observed,
        List<TopicPlan> topics,
        List<UserPlan> users,
        List<ParticipantPlan> participants,
        Map<String, Credentials> copies,
        Set<String> keptCopies,
        boolean keepAllCopies,
        List<Conflict> conflicts) {

    /** Those that belong to it. */
    public List<ParticipantPlan> owned() {
        return participants.stream().filter(ParticipantPlan::owned).toList();
    }

    /** The keys of the credentials that the participant is to run with now. */
    public Set<String> keys(ParticipantPlan participant) {
        Credentials current = copies.get(participant.name());
        return current != null ? current.data().keySet() : observed.running().getOrDefault(participant.name(), Set.of());
    }

    /** Whose a plan is. */
    public record SagaId(String namespace, String name, String uid) {}
}

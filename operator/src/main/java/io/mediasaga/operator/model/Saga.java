package io.mediasaga.operator.model;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.crd.topology.ParticipantSettings;
import io.mediasaga.crd.topology.Topology;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A valid MediaSaga, with every default filled in.
 *
 * @param id whose it is
 * @param created when it was made, RFC 3339: who came first owns what several want
 * @param definition what is run
 * @param topology what surrounds it
 * @param topics all that it needs, by name, as it wants them
 */
public record Saga(
        Plan.SagaId id,
        String created,
        SagaDefinition definition,
        Topology topology,
        SortedMap<String, TopicPlan> topics) {

    static final Comparator<Saga> OLDEST_FIRST =
            Comparator.comparing(Saga::created).thenComparing(saga -> saga.id().name());

    /**
     * Reads a resource.
     *
     * @throws io.mediasaga.crd.definition.InvalidDefinitionException when it breaks a rule
     */
    public static Saga of(MediaSaga resource) {
        var metadata = resource.getMetadata();
        SagaDefinition definition = SagaDefinitions.resolve(metadata.getName(), resource.getSpec());
        String created = Optional.ofNullable(metadata.getCreationTimestamp()).orElse("");
        var id = new Plan.SagaId(
                Optional.ofNullable(metadata.getNamespace()).orElse("default"),
                metadata.getName(),
                Optional.ofNullable(metadata.getUid()).orElse(""));
        Topology topology = Topology.of(resource.getSpec());
        return new Saga(id, created, definition, topology, Topics.of(definition, topology));
    }

    Optional<ParticipantSettings> participant(String name) {
        return topology.participants().stream()
                .filter(participant -> participant.name().equals(name))
                .findFirst();
    }

    boolean isOlderThan(Saga other) {
        return OLDEST_FIRST.compare(this, other) < 0;
    }
}

package io.mediasaga.crd.topology;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a saga: the counterpart of {@link io.mediasaga.crd.definition.SagaDefinition}, which is what is run.
 *
 * @param suspended whether no new saga is started
 * @param kafka how topics are made
 * @param secrets where credentials come from; {@code null} when somebody makes the Secrets by hand, or none are needed
 * @param participants in the spec's order
 */
public record Topology(
        boolean suspended, KafkaSettings kafka, @Nullable SecretSettings secrets, List<ParticipantSettings> participants) {

    /** The spec with every default filled in. It has to be valid. */
    public static Topology of(MediaSagaSpec spec) {
        KafkaSettings kafka = KafkaSettings.of(spec.kafka());
        return new Topology(
                Boolean.TRUE.equals(spec.suspend()),
                kafka,
                spec.secrets() == null ? null : SecretSettings.of(spec.secrets()),
                spec.participants().stream()
                        .map(participant -> ParticipantSettings.of(participant, kafka.partitions()))
                        .toList());
    }
}

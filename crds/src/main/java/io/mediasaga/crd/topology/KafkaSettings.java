package io.mediasaga.crd.topology;

import io.mediasaga.crd.definition.Durations;
import io.mediasaga.crd.v1alpha1.Kafka;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.crd.v1alpha1.Limits;
import io.mediasaga.crd.v1alpha1.TopicDeletion;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How topics are made.
 *
 * @param management who makes them
 * @param cluster the name of Strimzi's Kafka resource
 * @param bootstrapServers the brokers; {@code null} when they follow from the cluster
 * @param partitions of every topic
 * @param replicas copies of every topic
 * @param minInsyncReplicas copies that have to have a message before it counts as sent
 * @param retention how long messages are kept
 * @param deadLetterRetention how long dead letters are kept
 * @param onDelete what becomes of the topics when the MediaSaga is deleted
 */
public record KafkaSettings(
        KafkaManagement management,
        String cluster,
        @Nullable String bootstrapServers,
        int partitions,
        int replicas,
        int minInsyncReplicas,
        Duration retention,
        Duration deadLetterRetention,
        TopicDeletion onDelete) {

    private static final Kafka NONE = new Kafka(null, null, null, null, null, null, null, null, null);

    static KafkaSettings of(@Nullable Kafka spec) {
        Kafka kafka = spec == null ? NONE : spec;
        int replicas = Objects.requireNonNullElse(kafka.replicas(), Limits.DEFAULT_COPIES);
        return new KafkaSettings(
                Objects.requireNonNullElse(kafka.management(), KafkaManagement.STRIMZI),
                Objects.requireNonNullElse(kafka.cluster(), "mediasaga"),
                kafka.bootstrapServers(),
                Objects.requireNonNullElse(kafka.partitions(), Limits.DEFAULT_PARTITIONS),
                replicas,
                Objects.requireNonNullElse(kafka.minInsyncReplicas(), Math.min(2, replicas)),
                Durations.parse(Objects.requireNonNullElse(kafka.retention(), "7d")),
                Durations.parse(Objects.requireNonNullElse(kafka.deadLetterRetention(), "30d")),
                Objects.requireNonNullElse(kafka.onDelete(), TopicDeletion.KEEP));
    }
}

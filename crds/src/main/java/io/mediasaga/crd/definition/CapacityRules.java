package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Kafka;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.crd.v1alpha1.Limits;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Replicas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replicas fit to partitions, copies to brokers. */
final class CapacityRules {

    private CapacityRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        Kafka kafka = spec.kafka();
        if (kafka != null) {
            copies(kafka, violations);
        }
        int partitions = Optional.ofNullable(kafka).map(Kafka::partitions).orElse(Limits.DEFAULT_PARTITIONS);
        for (int i = 0; i < spec.participants().size(); i++) {
            Replicas replicas = spec.participants().get(i).replicas();
            if (replicas != null) {
                replicas(Paths.participant(i) + ".replicas", replicas, partitions, violations);
            }
        }
    }

    private static void replicas(String path, Replicas replicas, int partitions, Violations violations) {
        Integer min = replicas.min();
        Integer max = replicas.max();
        if (min != null && max != null && min > max) {
            violations.add(path + ".min", "is " + min + ", more than max, which is " + max, "lower min or raise max");
        }
        atMost(path + ".min", min, partitions, violations);
        atMost(path + ".max", max, partitions, violations);
    }

    private static void atMost(String path, @Nullable Integer replicas, int partitions, Violations violations) {
        if (replicas != null && replicas > partitions) {
            violations.add(
                    path,
                    "is " + replicas + ", more than the " + partitions + " partitions: the rest would be idle",
                    "lower it or raise spec.kafka.partitions");
        }
    }

    private static void copies(Kafka kafka, Violations violations) {
        int replicas = Optional.ofNullable(kafka.replicas()).orElse(Limits.DEFAULT_COPIES);
        Integer inSync = kafka.minInsyncReplicas();
        if (inSync != null && inSync > replicas) {
            violations.add(
                    "spec.kafka.minInsyncReplicas",
                    "is " + inSync + ", but there are only " + replicas + " replicas: nothing could be sent",
                    "lower it or raise spec.kafka.replicas");
        }
        if (kafka.management() == KafkaManagement.DIRECT && kafka.bootstrapServers() == null) {
            violations.add(
                    "spec.kafka.bootstrapServers",
                    "is missing, and with management Direct nothing says where Kafka is",
                    "add it, as in kafka-0:9092,kafka-1:9092");
        }
    }
}

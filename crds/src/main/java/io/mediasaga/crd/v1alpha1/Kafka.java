package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The saga's topics. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.minInsyncReplicas) || self.minInsyncReplicas <= (has(self.replicas) ? "
                + "self.replicas : 3)",
        message = "minInsyncReplicas is more than replicas, so nothing could be sent; lower it or raise "
                + "replicas")
@ValidationRule(
        value = "!has(self.management) || self.management != 'Direct' || has(self.bootstrapServers)",
        message = "management Direct needs bootstrapServers, as in kafka-0:9092,kafka-1:9092")
public record Kafka(
        @JsonPropertyDescription("Who makes topics and users: Strimzi by its resources, or Direct through Kafka's admin "
                + "client. Strimzi when absent.")
        @Default("Strimzi")
        @Nullable KafkaManagement management,
        @JsonPropertyDescription("The name of Strimzi's Kafka resource. mediasaga when absent.")
        @Default("mediasaga")
        @Pattern(Limits.DNS_LABEL)
        @Size(max = Limits.SHORT_TEXT)
        @Nullable String cluster,
        @JsonPropertyDescription("The brokers, as in kafka-0:9092,kafka-1:9092. Derived from cluster with Strimzi, "
                + "necessary with Direct.")
        @Size(max = Limits.LONGEST_TEXT)
        @Nullable String bootstrapServers,
        @JsonPropertyDescription("Partitions of every topic, and the most replicas that a participant can use. 12 when "
                + "absent.")
        @Default("12")
        @Min(1)
        @Max(Limits.PARTITIONS)
        @Nullable Integer partitions,
        @JsonPropertyDescription("Copies of every topic. 3 when absent.")
        @Default("3")
        @Min(1)
        @Max(9)
        @Nullable Integer replicas,
        @JsonPropertyDescription("Copies that have to have a message before it counts as sent. 2 when absent, or 1 where "
                + "replicas is 1.")
        @Min(1)
        @Max(9)
        @Nullable Integer minInsyncReplicas,
        @JsonPropertyDescription("How long messages are kept. 7d when absent.")
        @Default("7d")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String retention,
        @JsonPropertyDescription("How long dead letters are kept. 30d when absent.")
        @Default("30d")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String deadLetterRetention,
        @JsonPropertyDescription("What becomes of the topics when the MediaSaga is deleted. Keep when absent.")
        @Default("Keep")
        @Nullable TopicDeletion onDelete) {}

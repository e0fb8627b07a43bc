package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How many pods of a participant run, by load. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.min) || !has(self.max) || self.min <= self.max",
        message = "min is more than max; lower min or raise max")
public record Replicas(
        @JsonPropertyDescription("The fewest. 1 when absent.")
        @Default("1")
        @Min(1)
        @Max(Limits.REPLICAS)
        @Nullable Integer min,
        @JsonPropertyDescription("The most; no more than the topics have partitions, as further ones would be idle. When "
                + "absent 3, but at least min and at most the partitions.")
        @Min(1)
        @Max(Limits.REPLICAS)
        @Nullable Integer max,
        @JsonPropertyDescription("The use of requested CPU, in percent, beyond which more are started. 70 when absent.")
        @Default("70")
        @Min(1)
        @Max(1000)
        @Nullable Integer cpuPercent) {}

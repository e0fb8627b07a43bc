package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One aspect of the state, as is usual in Kubernetes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("What it is about, as in Ready.")
        @Required
        @Size(min = 1, max = 316)
        String type,
        @JsonPropertyDescription("True, False or Unknown.")
        @Required
        @Pattern("^(True|False|Unknown)$")
        @Size(max = 7)
        String status,
        @JsonPropertyDescription("The generation of the spec that it is about.")
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("When the status last changed, RFC 3339.")
        @Required
        @Size(max = 40)
        String lastTransitionTime,
        @JsonPropertyDescription("Why, as one word.")
        @Required
        @Pattern(Limits.PASCAL_CASE)
        @Size(min = 1, max = 1024)
        String reason,
        @JsonPropertyDescription("Why, and what to do, in plain words.")
        @Required
        @Size(max = 32768)
        String message) {}

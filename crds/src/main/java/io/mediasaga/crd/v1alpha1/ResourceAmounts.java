package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Amounts in Kubernetes' own notation. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourceAmounts(
        @JsonPropertyDescription("Cores, as in 500m or 2.")
        @Pattern(Limits.QUANTITY)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String cpu,
        @JsonPropertyDescription("Memory, as in 512Mi or 2Gi.")
        @Pattern(Limits.QUANTITY)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String memory) {}

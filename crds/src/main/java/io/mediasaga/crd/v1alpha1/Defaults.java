package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What holds for every step and compensation that does not say otherwise. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.timeout) || self.timeout.matches('[1-9]')",
        message = "timeout is no time at all; use at least 1ms")
public record Defaults(
        @JsonPropertyDescription("How long one attempt may take. 30s when absent.")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String timeout,
        @JsonPropertyDescription("How often a step is tried. 5 attempts, pauses of 1s doubling up to 30s, when absent.")
        @Nullable Retry retry) {}

package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How often something is tried, and how long it rests in between. What is absent comes from the defaults. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Retry(
        @JsonPropertyDescription("How often it is tried in all, the first time included.")
        @Min(1)
        @Max(100)
        @Nullable Integer attempts,
        @JsonPropertyDescription("The pause after the first attempt.")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String backoff,
        @JsonPropertyDescription("By how much each pause is longer than the one before it.")
        @Min(1)
        @Max(10)
        @Nullable Double multiplier,
        @JsonPropertyDescription("The longest pause.")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String maxBackoff) {}

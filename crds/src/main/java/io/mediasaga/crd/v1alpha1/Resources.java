package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a pod asks for and what it may use at most. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(
        @JsonPropertyDescription("What is set aside for it.")
        @Nullable ResourceAmounts requests,
        @JsonPropertyDescription("What it may use at most.")
        @Nullable ResourceAmounts limits) {}

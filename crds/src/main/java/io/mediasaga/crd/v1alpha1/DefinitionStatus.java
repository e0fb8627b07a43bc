package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The definition that new sagas are started with. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DefinitionStatus(
        @JsonPropertyDescription("The number that the orchestrator gave it.")
        @Nullable Integer version,
        @JsonPropertyDescription("SHA-256 of its canonical form.")
        @Size(max = 64)
        @Nullable String hash,
        @JsonPropertyDescription("When the orchestrator accepted it, RFC 3339.")
        @Size(max = 40)
        @Nullable String acceptedAt) {}

package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How many sagas there are of this definition, all versions. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SagaCounts(
        @JsonPropertyDescription("Going forward.")
        @Nullable Long running,
        @JsonPropertyDescription("Being undone.")
        @Nullable Long compensating,
        @JsonPropertyDescription("Waiting for a person.")
        @Nullable Long held,
        @JsonPropertyDescription("Held, or undone and not yet forgotten by the orchestrator.")
        @Nullable Long failed,
        @JsonPropertyDescription("When they last changed, RFC 3339.")
        @Size(max = 40)
        @Nullable String countedAt) {}

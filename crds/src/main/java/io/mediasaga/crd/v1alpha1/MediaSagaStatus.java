package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator found and did. Written by the operator only. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MediaSagaStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
        @JsonPropertyDescription("Ready, Reconciling, Stalled, TopicsReady, SecretsReady, ParticipantsReady, "
                + "DefinitionAccepted.")
        @Size(max = 20)
        List<Condition> conditions,
        @JsonPropertyDescription("The definition as the orchestrator accepted it.")
        @Nullable DefinitionStatus definition,
        @JsonPropertyDescription("How many sagas there are; at most a minute old.")
        @Nullable SagaCounts sagas,
        @JsonPropertyDescription("How many topics are ready.")
        @Nullable Integer topics,
        @JsonPropertyDescription("The participants, in the spec's order.")
        @Size(max = Limits.PARTICIPANTS)
        List<ParticipantStatus> participants) {
    public MediaSagaStatus {
        conditions = Lists.of(conditions);
        participants = Lists.of(participants);
    }
}

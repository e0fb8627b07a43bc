package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A participant as it runs. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ParticipantStatus(
        @JsonPropertyDescription("Its name.")
        @Required
        @Size(max = Limits.PARTICIPANT_NAME)
        String name,
        @JsonPropertyDescription("How many of its pods are ready.")
        @Nullable Integer ready,
        @JsonPropertyDescription("How many are wanted.")
        @Nullable Integer desired,
        @JsonPropertyDescription("The image that it runs.")
        @Size(max = Limits.LONGEST_TEXT)
        @Nullable String image,
        @JsonPropertyDescription("The hash of the credentials that it runs with.")
        @Size(max = 64)
        @Nullable String secretHash,
        @JsonPropertyDescription("When the credentials were made that all of its pods run with, RFC 3339. Older ones are used by "
                + "none of them any more.")
        @Size(max = 40)
        @Nullable String secretRotatedAt,
        @JsonPropertyDescription("How long it took from then until every pod ran with them, in seconds, as in 12.3.")
        @Size(max = 20)
        @Nullable String secretRotationSeconds) {}

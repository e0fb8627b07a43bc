package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One saga: its steps, what they carry, who carries them out, and what these need. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MediaSagaSpec(
        @JsonPropertyDescription("How long the whole saga may take, compensations not counted. It has to hold every "
                + "attempt of every step with the pauses between them. Durations are numbers with units "
                + "ms, s, m, h, d, as in 500ms, 30s, 1h30m, 7d.")
        @Required
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        String deadline,
        @JsonPropertyDescription("True: no new saga is started; those that run go on. False when absent.")
        @Default("false")
        @Nullable Boolean suspend,
        @JsonPropertyDescription("The JSON object that a saga carries: what a start has to give, what is made, what can "
                + "be searched.")
        @Nullable Data data,
        @JsonPropertyDescription("Timeout and retry of every step and compensation that does not say otherwise.")
        @Nullable Defaults defaults,
        @JsonPropertyDescription("The topics: who makes them, and how.")
        @Nullable Kafka kafka,
        @JsonPropertyDescription("Where the participants' credentials come from.")
        @Nullable Secrets secrets,
        @JsonPropertyDescription("The services that carry out the steps.")
        @Required
        @Size(min = 1, max = Limits.PARTICIPANTS)
        List<Participant> participants,
        @JsonPropertyDescription("The steps, in order. Undone in reverse order when one of them fails before the pivot.")
        @Required
        @Size(min = 1, max = Limits.STEPS)
        List<Step> steps) {
    public MediaSagaSpec {
        participants = Lists.of(participants);
        steps = Lists.of(steps);
    }
}

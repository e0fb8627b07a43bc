package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One saga: its steps, what they carry, who carries them out, and what these need. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.steps.all(s, !has(s.compensation) || !has(s.compensation.name) || "
                + "(!self.steps.exists(t, t.name == s.compensation.name) && self.steps.exists_one(t, "
                + "has(t.compensation) && has(t.compensation.name) && t.compensation.name == "
                + "s.compensation.name)))",
        message = "steps: a compensation has the name of a step or of another compensation; give each a "
                + "name of its own")
@ValidationRule(
        value = "self.steps.all(s, self.participants.exists(p, p.name == s.participant))",
        message = "steps: a participant is unknown; add it to spec.participants")
@ValidationRule(
        value = "self.steps.filter(s, has(s.pivot) && s.pivot).size() <= 1",
        message = "steps: there are two pivots; keep one of them")
@ValidationRule(
        value = "self.steps.exists(s, has(s.pivot) && s.pivot) ? self.steps.map(s, "
                + "has(s.compensation)).indexOf(false) == self.steps.map(s, has(s.pivot) && "
                + "s.pivot).indexOf(true) && self.steps.map(s, has(s.compensation)).lastIndexOf(true) < "
                + "self.steps.map(s, has(s.pivot) && s.pivot).indexOf(true) : self.steps.all(s, "
                + "has(s.compensation))",
        message = "steps: each step before the pivot needs a compensation, or none with the reason; the "
                + "pivot and what comes after it have none")
@ValidationRule(
        value = "!self.steps.exists(s, has(s.pivot) && s.pivot) || self.steps.map(s, "
                + "has(s.onExhausted) && s.onExhausted == 'Compensate').lastIndexOf(true) <= "
                + "self.steps.map(s, has(s.pivot) && s.pivot).indexOf(true)",
        message = "steps: onExhausted is Compensate after the pivot, where there is no way back; use "
                + "Hold")
@ValidationRule(
        value = "self.participants.all(p, !has(p.replicas) || ((!has(p.replicas.min) || "
                + "p.replicas.min <= (has(self.kafka) && has(self.kafka.partitions) ? "
                + "self.kafka.partitions : 12)) && (!has(p.replicas.max) || p.replicas.max <= "
                + "(has(self.kafka) && has(self.kafka.partitions) ? self.kafka.partitions : 12))))",
        message = "participants: replicas are more than kafka.partitions, so the rest would be idle; "
                + "lower them or raise partitions")
@ValidationRule(
        value = "self.deadline.matches('[1-9]')",
        message = "deadline is no time at all; use at least 1ms")
@ValidationRule(
        value = "self.steps.all(s, !has(s.command) || self.steps.all(t, t.success.topic != "
                + "s.command.topic && (!has(t.failure) || t.failure.topic != s.command.topic)))",
        message = "steps: a topic carries both commands and events; use different ones")
@ValidationRule(
        value = "self.steps.all(s, !has(s.command) || self.steps.all(t, !has(t.command) || "
                + "t.participant == s.participant || t.command.topic != s.command.topic))",
        message = "steps: a topic carries commands for two participants; give each of them topics of "
                + "its own")
@ValidationRule(
        value = "!has(self.data) || !has(self.data.keys) || self.data.keys.all(k, "
                + "(has(self.data.required) && k in self.data.required) || (has(self.data.optional) && "
                + "k in self.data.optional) || (has(self.data.generated) && k in self.data.generated) "
                + "|| self.steps.exists(s, has(s.success.data) && s.success.data.exists(d, d == k || "
                + "d.endsWith(' as ' + k))))",
        message = "data.keys: a key is never in the saga's data; declare it as required, optional or "
                + "generated, or keep it from a reply")
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

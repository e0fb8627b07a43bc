package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One step of a saga. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.command) || has(self.timeout)",
        message = "a step without command waits for somebody else's doing; give it a timeout")
@ValidationRule(
        value = "has(self.command) || !has(self.retry)",
        message = "a step without command has nothing to send again; remove retry")
@ValidationRule(
        value = "!has(self.failure) || self.failure.topic != self.success.topic || self.failure.type "
                + "!= self.success.type",
        message = "success and failure cannot be told apart; give failure a type of its own")
@ValidationRule(
        value = "!has(self.failure) || !has(self.failure.data) || self.failure.data.size() == 0",
        message = "only fields of success are kept; remove failure.data")
@ValidationRule(
        value = "!has(self.command) || !has(self.command.payload) || self.command.payload.all(p, "
                + "!p.startsWith('saga.reason') && !p.startsWith('saga.failed_step'))",
        message = "saga.reason and saga.failed_step are known only while a saga is undone; remove them "
                + "from the step's own command")
@ValidationRule(
        value = "!has(self.timeout) || self.timeout.matches('[1-9]')",
        message = "timeout is no time at all; use at least 1ms")
public record Step(
        @JsonPropertyDescription("The name in PascalCase; in messages it is upper snake case, so CreateAsset is "
                + "CREATE_ASSET there.")
        @Required
        @Pattern(Limits.PASCAL_CASE)
        @Size(max = Limits.STEP_NAME)
        String name,
        @JsonPropertyDescription("The name of the participant that carries it out.")
        @Required
        @Pattern(Limits.DNS_LABEL)
        @Size(max = Limits.PARTICIPANT_NAME)
        String participant,
        @JsonPropertyDescription("What the participant is told. When absent, the step waits for an event of somebody "
                + "else's doing.")
        @Nullable Command command,
        @JsonPropertyDescription("The event that says that it is done.")
        @Required
        Reply success,
        @JsonPropertyDescription("The event that says that it could not be done. When absent, only the timeout ends an "
                + "attempt.")
        @Nullable Reply failure,
        @JsonPropertyDescription("How long one attempt may take. That of the defaults when absent; necessary for a step "
                + "without command.")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String timeout,
        @JsonPropertyDescription("How often it is tried. What is absent comes from the defaults. Not for a step without "
                + "command.")
        @Nullable Retry retry,
        @JsonPropertyDescription("What undoes it, or none with the reason. Necessary before the pivot, not allowed from "
                + "the pivot on.")
        @Nullable Compensation compensation,
        @JsonPropertyDescription("True: after its success there is no way back, only forward. At most one step. False "
                + "when absent.")
        @Nullable Boolean pivot,
        @JsonPropertyDescription("When no attempt is left: Compensate undoes the steps so far, Hold waits for a person. "
                + "Compensate when absent before the pivot, Hold from the pivot on. A pivot whose outcome "
                + "is unknown is held whatever stands here.")
        @Nullable OnExhausted onExhausted) {}

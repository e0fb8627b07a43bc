package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What undoes a step: a command with its replies, or none with the reason why there is nothing to undo. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.none) ? !has(self.name) && !has(self.command) && !has(self.success) && "
                + "!has(self.failure) && !has(self.timeout) && !has(self.retry) : has(self.name) && "
                + "has(self.command) && has(self.success)",
        message = "a compensation is either none with the reason, or name, command and success")
@ValidationRule(
        value = "!has(self.failure) || !has(self.success) || self.failure.topic != self.success.topic "
                + "|| self.failure.type != self.success.type",
        message = "success and failure cannot be told apart; give failure a type of its own")
@ValidationRule(
        value = "(!has(self.success) || !has(self.success.data) || self.success.data.size() == 0) && "
                + "(!has(self.failure) || !has(self.failure.data) || self.failure.data.size() == 0)",
        message = "a compensation's replies keep nothing; remove data")
@ValidationRule(
        value = "!has(self.timeout) || self.timeout.matches('[1-9]')",
        message = "timeout is no time at all; use at least 1ms")
public record Compensation(
        @JsonPropertyDescription("Why there is nothing to undo. Instead of everything else here.")
        @Pattern(Limits.NOT_BLANK)
        @Size(max = Limits.LONGEST_TEXT)
        @Nullable String none,
        @JsonPropertyDescription("The name in PascalCase; in messages it is the step, in upper snake case.")
        @Pattern(Limits.PASCAL_CASE)
        @Size(max = Limits.STEP_NAME)
        @Nullable String name,
        @JsonPropertyDescription("What the step's participant is told.")
        @Nullable Command command,
        @JsonPropertyDescription("The event that says that it is undone.")
        @Nullable Reply success,
        @JsonPropertyDescription("The event that says that it could not be undone. When absent, only the timeout ends an "
                + "attempt.")
        @Nullable Reply failure,
        @JsonPropertyDescription("How long one attempt may take. That of the defaults when absent.")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String timeout,
        @JsonPropertyDescription("How often it is tried; after that the saga waits for a person. What is absent comes "
                + "from the defaults.")
        @Nullable Retry retry) {}

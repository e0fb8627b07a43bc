package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An environment variable of a participant. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentVariable(
        @JsonPropertyDescription("The name of the variable.")
        @Required
        @Pattern(Limits.FIELD)
        @Size(max = Limits.SHORT_TEXT)
        String name,
        @JsonPropertyDescription("Its value; empty when absent.")
        @Size(max = 4096)
        @Nullable String value) {}

package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a saga carries. Commands take their payload from it, replies add to it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.required) || self.required.all(f, self.required.exists_one(g, g == f) && "
                + "!(has(self.optional) && f in self.optional) && !(has(self.generated) && f in "
                + "self.generated))",
        message = "a field of required is listed twice; list each field once, as required, optional or "
                + "generated")
@ValidationRule(
        value = "!has(self.optional) || self.optional.all(f, self.optional.exists_one(g, g == f) && "
                + "!(has(self.generated) && f in self.generated))",
        message = "a field of optional is listed twice; list each field once, as required, optional or "
                + "generated")
@ValidationRule(
        value = "!has(self.generated) || self.generated.all(f, self.generated.exists_one(g, g == f))",
        message = "a field of generated is listed twice; list each field once")
@ValidationRule(
        value = "!has(self.keys) || self.keys.all(f, self.keys.exists_one(g, g == f))",
        message = "a key is listed twice; list each key once")
public record Data(
        @JsonPropertyDescription("Fields that a start has to give.")
        @Size(max = Limits.FIELDS)
        List<@Pattern(Limits.FIELD) @Size(max = Limits.FIELD_NAME) String> required,
        @JsonPropertyDescription("Fields that a start may give. A command leaves out those that are not there.")
        @Size(max = Limits.FIELDS)
        List<@Pattern(Limits.FIELD) @Size(max = Limits.FIELD_NAME) String> optional,
        @JsonPropertyDescription("Fields that get a UUID when the start does not give them.")
        @Size(max = Limits.FIELDS)
        List<@Pattern(Limits.FIELD) @Size(max = Limits.FIELD_NAME) String> generated,
        @JsonPropertyDescription("Fields by which sagas can be searched.")
        @Size(max = Limits.KEYS)
        List<@Pattern(Limits.FIELD) @Size(max = Limits.FIELD_NAME) String> keys,
        @JsonPropertyDescription("The largest size of the data as JSON, in bytes. 65536 when absent.")
        @Default("65536")
        @Min(1024)
        @Max(1048576)
        @Nullable Integer maxBytes) {
    public Data {
        required = Lists.of(required);
        optional = Lists.of(optional);
        generated = Lists.of(generated);
        keys = Lists.of(keys);
    }
}

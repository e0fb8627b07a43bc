package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** An event that answers a step: known by topic, type and step. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!self.topic.startsWith('deadletters.') && self.topic != 'events.saga.completed' && "
                + "self.topic != 'events.saga.compensated'",
        message = "this topic belongs to the platform; use one of your own")
public record Reply(
        @JsonPropertyDescription("The topic that it comes from.")
        @Required
        @Pattern(Limits.TOPIC)
        @Size(max = Limits.TOPIC_NAME)
        String topic,
        @JsonPropertyDescription("The type of the message, in PascalCase.")
        @Required
        @Pattern(Limits.PASCAL_CASE)
        @Size(max = Limits.TYPE_NAME)
        String type,
        @JsonPropertyDescription("The fields of its payload that are kept in the saga's data: field, or field as other. "
                + "Only for the success of a step.")
        @Size(max = Limits.FIELDS)
        List<@Pattern(Limits.KEPT_FIELD) @Size(max = Limits.PAYLOAD_ENTRY) String> data) {
    public Reply {
        data = Lists.of(data);
    }
}

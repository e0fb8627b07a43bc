package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a participant is told to do. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!self.topic.startsWith('deadletters.') && self.topic != 'events.saga.completed' && "
                + "self.topic != 'events.saga.compensated'",
        message = "this topic belongs to the platform; use one of your own")
public record Command(
        @JsonPropertyDescription("The topic that it is sent to.")
        @Required
        @Pattern(Limits.TOPIC)
        @Size(max = Limits.TOPIC_NAME)
        String topic,
        @JsonPropertyDescription("The type of the message, in PascalCase.")
        @Required
        @Pattern(Limits.PASCAL_CASE)
        @Size(max = Limits.TYPE_NAME)
        String type,
        @JsonPropertyDescription("The fields of its payload: field, or field as other. Beside the saga's data there are "
                + "saga.id, saga.reason, saga.failed_step, saga.deadline and saga.request_id, which land "
                + "under their last part unless renamed.")
        @Size(max = Limits.FIELDS)
        List<@Pattern(Limits.PAYLOAD_FIELD) @Size(max = Limits.PAYLOAD_ENTRY) String> payload) {
    public Command {
        payload = Lists.of(payload);
    }
}

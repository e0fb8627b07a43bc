package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service that carries out steps. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Participant(
        @JsonPropertyDescription("The name that steps refer to; also that of its Deployment, its Service and its Kafka "
                + "user.")
        @Required
        @Pattern(Limits.DNS_LABEL)
        @Size(max = Limits.PARTICIPANT_NAME)
        String name,
        @JsonPropertyDescription("The container image. When absent, the image of that name that came with the operator.")
        @Pattern("^\\S+$")
        @Size(max = Limits.LONGEST_TEXT)
        @Nullable String image,
        @JsonPropertyDescription("The HTTP port, health and metrics included. 8080 when absent.")
        @Default("8080")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
        @JsonPropertyDescription("The path prefix under which the Ingress reaches it. Not reachable from outside when "
                + "absent.")
        @Pattern(Limits.PATH)
        @Size(max = Limits.SHORT_TEXT)
        @Nullable String path,
        @JsonPropertyDescription("How many of it run. 1 to 3 when absent.")
        @Nullable Replicas replicas,
        @JsonPropertyDescription("What each of its pods needs. The operator's defaults when absent.")
        @Nullable Resources resources,
        @JsonPropertyDescription("Further environment variables. No credentials: these come from secrets.")
        @Size(max = Limits.ENVIRONMENT)
        List<EnvironmentVariable> env,
        @JsonPropertyDescription("Topics that it reads beside the commands of its steps.")
        @Size(max = Limits.TOPICS)
        List<@Pattern(Limits.TOPIC) @Size(max = Limits.TOPIC_NAME) String> listens,
        @JsonPropertyDescription("Topics that it writes beside the replies of its steps.")
        @Size(max = Limits.TOPICS)
        List<@Pattern(Limits.TOPIC) @Size(max = Limits.TOPIC_NAME) String> sends) {
    public Participant {
        env = Lists.of(env);
        listens = Lists.of(listens);
        sends = Lists.of(sends);
    }
}

package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where credentials come from: one ExternalSecret for each participant. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Secrets(
        @JsonPropertyDescription("The name of the External Secrets store. vault when absent.")
        @Default("vault")
        @Pattern(Limits.DNS_LABEL)
        @Size(max = Limits.SHORT_TEXT)
        @Nullable String store,
        @JsonPropertyDescription("Whether the store belongs to the namespace or to the cluster. ClusterSecretStore when "
                + "absent.")
        @Default("ClusterSecretStore")
        @Nullable SecretStoreKind storeKind,
        @JsonPropertyDescription("Where in the store the participants' entries are; the participant's name is added. "
                + "mediasaga when absent.")
        @Default("mediasaga")
        @Pattern("^[A-Za-z0-9._/-]+$")
        @Size(max = Limits.SHORT_TEXT)
        @Nullable String path,
        @JsonPropertyDescription("How often the store is asked. 1m when absent.")
        @Default("1m")
        @Pattern(Limits.DURATION)
        @Size(max = Limits.DURATION_TEXT)
        @Nullable String refreshInterval) {}

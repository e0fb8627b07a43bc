package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mediasaga.crd.topology.SecretSettings;
import io.mediasaga.crd.v1alpha1.SecretStoreKind;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Credentials: what fetches them, and the copies that pods run with. */
final class SecretRenderer {

    private SecretRenderer() {}

    /** As Go writes durations, for External Secrets write back what they have read, and the difference would be put right. */
    private static String inGo(Duration duration) {
        if (duration.toSeconds() == 0) {
            return duration.toMillis() + "ms";
        }
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        long millis = duration.toSecondsPart() * 1000L + duration.toMillisPart();
        return text.append(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString()).append('s').toString();
    }

    static HasMetadata external(Plan plan, ParticipantPlan participant, SecretSettings secrets) {
        String name = Names.credentials(participant.name());
        Map<String, Object> spec = new TreeMap<>();
        spec.put("refreshInterval", inGo(secrets.refreshInterval()));
        spec.put("secretStoreRef", Map.of(
                "name", secrets.store(),
                "kind", secrets.storeKind() == SecretStoreKind.SECRET_STORE ? "SecretStore" : "ClusterSecretStore"));
        // The label brings the Secret into the operator's sight. It outlives the MediaSaga: the chart may have made it, and
        // whoever applies the MediaSaga again finds the credentials that the database knows.
        spec.put("target", Map.of(
                "name", name,
                "creationPolicy", "Orphan",
                "deletionPolicy", "Retain",
                "template", Map.of("metadata", Map.of("labels", Map.of(Names.PARTICIPANT, participant.name())))));
        String key = secrets.path().replaceAll("/+$", "") + "/" + participant.name();
        spec.put("dataFrom", List.of(Map.of("extract", Map.of("key", key))));
        return Meta.generic(
                Api.EXTERNAL_SECRETS.apiVersion(), "ExternalSecret", Meta.of(plan, participant, name).build(), spec);
    }

    static HasMetadata copy(Plan plan, ParticipantPlan participant, Credentials credentials) {
        Map<String, String> data = new TreeMap<>(credentials.data());
        data.remove(Credentials.ROTATED_AT);
        return new SecretBuilder()
                .withMetadata(Meta.of(plan, participant, Names.credentialsCopy(participant.name(), credentials.hash()))
                        .addToLabels(Names.CREDENTIALS, credentials.hash())
                        .build())
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }
}

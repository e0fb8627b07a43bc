package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import io.mediasaga.operator.settings.OperatorSettings.Storage;
import java.util.Map;

/** Under which name and identity a participant is known. */
final class ParticipantRenderer {

    private final Storage storage;

    ParticipantRenderer(OperatorSettings settings) {
        this.storage = settings.storage();
    }

    HasMetadata serviceAccount(Plan plan, ParticipantPlan participant) {
        return new ServiceAccountBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name())
                        .addToAnnotations(storage.inS3(participant.name()) ? storage.s3().identity() : Map.of())
                        .build())
                .withAutomountServiceAccountToken(false)
                .build();
    }

    HasMetadata service(Plan plan, ParticipantPlan participant) {
        return new ServiceBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name()).build())
                .withNewSpec()
                .withSelector(Meta.selector(participant))
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withProtocol("TCP")
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }
}

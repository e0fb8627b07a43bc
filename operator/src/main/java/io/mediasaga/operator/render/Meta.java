package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.util.Map;
import java.util.TreeMap;

/** Metadata of what is made. */
final class Meta {

    private static final String API_VERSION = "mediasaga.io/v1alpha1";
    private static final String KIND = "MediaSaga";

    private Meta() {}

    /** Of something that goes when its MediaSaga goes. */
    static ObjectMetaBuilder owned(Plan plan, String name) {
        return free(plan, name)
                .addNewOwnerReference()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withName(plan.id().name())
                .withUid(plan.id().uid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference();
    }

    /** Of something that stays. */
    static ObjectMetaBuilder free(Plan plan, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(plan.id().namespace())
                .withLabels(Map.of(Names.MANAGED_BY, Names.MANAGER, Names.PART_OF, "mediasaga"));
    }

    /** Of something of a participant. */
    static ObjectMetaBuilder of(Plan plan, ParticipantPlan participant, String name) {
        return owned(plan, name)
                .addToLabels(Names.NAME, participant.name())
                .addToLabels(Names.PARTICIPANT, participant.name());
    }

    /** What tells the pods of a participant from others; never to be changed, for a Deployment's selector cannot. */
    static Map<String, String> selector(ParticipantPlan participant) {
        return new TreeMap<>(Map.of(Names.NAME, participant.name(), Names.PARTICIPANT, participant.name()));
    }

    /** A resource that has no Java model here. */
    static GenericKubernetesResource generic(String apiVersion, String kind, ObjectMeta metadata, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withMetadata(metadata)
                .addToAdditionalProperties("spec", spec)
                .build();
    }
}

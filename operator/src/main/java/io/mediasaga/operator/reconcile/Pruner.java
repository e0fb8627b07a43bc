package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mediasaga.operator.apply.Applier;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes what is no longer wanted, but nothing that has passed, or is about to pass, to another MediaSaga. */
final class Pruner {

    private final Caches caches;
    private final Applier applier;

    Pruner(Caches caches, Applier applier) {
        this.caches = caches;
        this.applier = applier;
    }

    void prune(Plan plan, List<HasMetadata> wanted) {
        Set<String> names = new HashSet<>();
        wanted.forEach(object -> names.add(Kind.of(object) + "/" + object.getMetadata().getName()));
        for (Kind kind : Kind.values()) {
            if (kind != Kind.POD) {
                caches.ownedBy(kind, plan.id().uid())
                        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                        .filter(object -> !names.contains(kind + "/" + object.getMetadata().getName()))
                        .filter(object -> !stays(plan, kind, object))
                        .forEach(object -> applier.delete(kind, plan.id().namespace(), object.getMetadata().getName()));
            }
        }
    }

    private static boolean stays(Plan plan, Kind kind, GenericKubernetesResource object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        String participant = labels == null ? null : labels.get(Names.PARTICIPANT);
        boolean passedOn = participant != null
                && plan.participants().stream()
                        .filter(candidate -> !candidate.owned())
                        .map(ParticipantPlan::name)
                        .anyMatch(participant::equals);
        boolean usedCopy = kind == Kind.SECRET
                && (plan.keepAllCopies() || plan.keptCopies().contains(object.getMetadata().getName()));
        boolean passedUser = kind == Kind.KAFKA_USER && object.getMetadata().getName().equals(Names.ORCHESTRATOR_USER);
        // While the credentials are away, what runs goes on.
        boolean waiting = kind == Kind.DEPLOYMENT
                && plan.owned().stream().anyMatch(owned -> owned.name().equals(object.getMetadata().getName()));
        return passedOn || usedCopy || passedUser || waiting;
    }
}

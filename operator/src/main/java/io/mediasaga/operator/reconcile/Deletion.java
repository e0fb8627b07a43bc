package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mediasaga.crd.definition.Durations;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.crd.v1alpha1.TopicDeletion;
import io.mediasaga.operator.apply.Applier;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.KubeEvents;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.model.TopicPlan;
import io.mediasaga.operator.orchestrator.Counts;
import io.mediasaga.operator.orchestrator.Handover;
import io.mediasaga.operator.orchestrator.OrchestratorClient;
import io.mediasaga.operator.orchestrator.OrchestratorException;
import io.mediasaga.operator.settings.OperatorSettings;
import io.mediasaga.operator.status.StatusFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The end of a MediaSaga: no new sagas; wait for the running ones; let others take over what they share; remove the rest.
 * At the deadline it goes on whatever is still missing, so a finalizer never stays for good.
 */
final class Deletion {

    static final String DEADLINE = "mediasaga.io/deletion-deadline";

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Work stops first, what it needs goes after it. */
    private static final List<Kind> ORDER = List.of(
            Kind.AUTOSCALER, Kind.INGRESS, Kind.DEPLOYMENT, Kind.DISRUPTION_BUDGET, Kind.SERVICE, Kind.NETWORK_POLICY,
            Kind.POD_MONITOR, Kind.PROMETHEUS_RULE, Kind.GRAFANA_DASHBOARD, Kind.CONFIG_MAP, Kind.EXTERNAL_SECRET, Kind.SECRET,
            Kind.KAFKA_USER, Kind.SERVICE_ACCOUNT);

    private final KubernetesClient client;
    private final Caches caches;
    private final Applier applier;
    private final OrchestratorClient orchestrator;
    private final Handover handover;
    private final TopicCare topics;
    private final StatusFactory statuses;
    private final KubeEvents events;
    private final OperatorSettings settings;
    private final Clock clock;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    Deletion(
            KubernetesClient client,
            Caches caches,
            Applier applier,
            OrchestratorClient orchestrator,
            Handover handover,
            TopicCare topics,
            StatusFactory statuses,
            KubeEvents events,
            OperatorSettings settings,
            Clock clock) {
        this.client = client;
        this.caches = caches;
        this.applier = applier;
        this.orchestrator = orchestrator;
        this.handover = handover;
        this.topics = topics;
        this.statuses = statuses;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** It is not over; look again after a while. */
    record Wait(Duration delay) {}

    /** Goes as far as is possible now; empty when nothing is left to do. */
    Optional<Wait> proceed(MediaSaga resource, Optional<Saga> valid, List<Saga> others) {
        boolean late = late(resource);
        Optional<String> sagas = stopSagas(resource);
        if (sagas.isPresent() && !late) {
            tell(resource, "WaitingForSagas", sagas.get() + "; it waits for them until " + deadline(resource)
                    + " at the latest, or as long as its annotation " + DEADLINE + " says");
            return Optional.of(new Wait(PAUSE));
        }
        Set<String> shared = shared(valid, others);
        Optional<String> waiting = notTakenOver(resource, shared);
        if (waiting.isPresent() && !late) {
            tell(resource, "HandingOver", waiting.get());
            return Optional.of(new Wait(PAUSE));
        }
        sagas.ifPresent(why -> events.warning(
                resource, "DeletedWhileRunning", "The deadline is over, and it is deleted although " + why));
        remove(resource);
        valid.ifPresent(saga -> removeTopics(saga, others));
        String uid = resource.getMetadata().getUid();
        handover.forget(uid);
        topics.forget(uid);
        stopped.remove(uid);
        return Optional.empty();
    }

    private boolean late(MediaSaga resource) {
        return clock.instant().isAfter(deadline(resource));
    }

    private Instant deadline(MediaSaga resource) {
        Instant since = Instant.parse(resource.getMetadata().getDeletionTimestamp());
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        Duration deadline = settings.deletionDeadline();
        String own = annotations == null ? null : annotations.get(DEADLINE);
        if (own != null) {
            try {
                deadline = Durations.parse(own);
            } catch (IllegalArgumentException e) {
                events.warning(resource, "InvalidAnnotation", DEADLINE + ": " + e.getMessage());
            }
        }
        return since.plus(deadline);
    }

    /** Why it has to wait; empty when no saga runs. */
    private Optional<String> stopSagas(MediaSaga resource) {
        if (StatusFactory.before(resource).definition() == null) {
            return Optional.empty();
        }
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        try {
            if (!stopped.contains(resource.getMetadata().getUid())) {
                orchestrator.delete(namespace, name);
                stopped.add(resource.getMetadata().getUid());
            }
            Counts counts = orchestrator.counts(namespace, name);
            return counts.active() == 0
                    ? Optional.empty()
                    : Optional.of((counts.active() == 1 ? "1 saga is" : counts.active() + " sagas are") + " not over ("
                            + counts.running() + " running, " + counts.compensating() + " compensating, " + counts.held() + " held)");
        } catch (OrchestratorException e) {
            return Optional.of("nobody knows whether sagas run: " + e.getMessage());
        }
    }

    private static Set<String> shared(Optional<Saga> valid, List<Saga> others) {
        Set<String> names = new HashSet<>();
        valid.ifPresent(saga -> saga.topology().participants().forEach(participant -> {
            boolean wanted = others.stream()
                    .flatMap(other -> other.topology().participants().stream())
                    .anyMatch(other -> other.name().equals(participant.name()));
            if (wanted) {
                names.add(participant.name());
            }
        }));
        return names;
    }

    /** The next owner writes its own reference; until then removing this one would take the objects with it. */
    private Optional<String> notTakenOver(MediaSaga resource, Set<String> shared) {
        return caches.ownedBy(Kind.DEPLOYMENT, resource.getMetadata().getUid())
                .map(object -> object.getMetadata().getName())
                .filter(shared::contains)
                .findFirst()
                .map(name -> "participant " + name + " passes to another MediaSaga");
    }

    private void remove(MediaSaga resource) {
        for (Kind kind : ORDER) {
            caches.ownedBy(kind, resource.getMetadata().getUid())
                    .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                    .filter(object -> solelyOwned(object, resource))
                    .forEach(object ->
                            applier.delete(kind, object.getMetadata().getNamespace(), object.getMetadata().getName()));
        }
    }

    private static boolean solelyOwned(GenericKubernetesResource object, MediaSaga resource) {
        return object.getMetadata().getOwnerReferences().stream()
                .allMatch(owner -> owner.getUid().equals(resource.getMetadata().getUid()));
    }

    private void removeTopics(Saga saga, List<Saga> others) {
        if (saga.topology().kafka().onDelete() != TopicDeletion.DELETE) {
            return;
        }
        List<TopicPlan> own = saga.topics().values().stream()
                .filter(topic -> others.stream().noneMatch(other -> other.topics().containsKey(topic.name())))
                .toList();
        if (saga.topology().kafka().management() == KafkaManagement.DIRECT) {
            topics.delete(saga, own.stream().map(TopicPlan::name).toList());
            return;
        }
        for (TopicPlan topic : own) {
            caches.get(Kind.KAFKA_TOPIC, saga.id().namespace(), topic.resourceName())
                    .filter(object -> Names.MANAGER.equals(object.getMetadata().getLabels().get(Names.MANAGED_BY)))
                    .ifPresent(object ->
                            applier.delete(Kind.KAFKA_TOPIC, saga.id().namespace(), object.getMetadata().getName()));
        }
    }

    private void tell(MediaSaga resource, String reason, String message) {
        MediaSagaStatus status = statuses.deleting(resource, reason, message);
        if (status.equals(StatusFactory.before(resource))) {
            return;
        }
        events.normal(resource, reason, message);
        client.resource(StatusFactory.patch(resource, status))
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(Names.MANAGER)
                        .withForce(true)
                        .build());
    }
}

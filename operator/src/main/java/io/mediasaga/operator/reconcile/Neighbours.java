package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.mediasaga.crd.definition.InvalidDefinitionException;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Saga;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MediaSagas of a namespace, resolved once per generation, and who among them shares what. Thread-safe. */
final class Neighbours {

    private static final String NAMESPACE = "mediasaga-namespace";
    private static final String SHARED = "mediasaga-shared";

    private final Map<String, Read> read = new ConcurrentHashMap<>();
    private volatile @Nullable IndexerResourceCache<MediaSaga> cache;

    private record Read(@Nullable Long generation, Optional<Saga> saga, String problem) {}

    void use(IndexerResourceCache<MediaSaga> primaries) {
        primaries.addIndexers(Map.of(
                NAMESPACE, saga -> List.of(String.valueOf(saga.getMetadata().getNamespace())),
                SHARED, this::sharedKeys));
        cache = primaries;
    }

    /** The valid form of a resource; empty with the problem when it is not valid. */
    Optional<Saga> resolve(MediaSaga resource) {
        return read(resource).saga();
    }

    /** What is wrong with it. */
    String problem(MediaSaga resource) {
        return read(resource).problem();
    }

    private Read read(MediaSaga resource) {
        String uid = String.valueOf(resource.getMetadata().getUid());
        Long generation = resource.getMetadata().getGeneration();
        Read known = read.get(uid);
        if (known != null && Objects.equals(known.generation(), generation)) {
            return known;
        }
        Read fresh;
        try {
            fresh = new Read(generation, Optional.of(Saga.of(resource)), "");
        } catch (InvalidDefinitionException e) {
            fresh = new Read(generation, Optional.empty(), String.valueOf(e.getMessage()));
        }
        read.put(uid, fresh);
        return fresh;
    }

    void forget(MediaSaga resource) {
        read.remove(String.valueOf(resource.getMetadata().getUid()));
    }

    /** Every other valid one of the namespace that is not being deleted. */
    List<Saga> others(MediaSaga resource) {
        return primaries().byIndex(NAMESPACE, resource.getMetadata().getNamespace()).stream()
                .filter(other -> !Objects.equals(other.getMetadata().getUid(), resource.getMetadata().getUid()))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .map(this::resolve)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those who share a participant or a topic with it, and who keep the orchestrator's Kafka user. */
    Set<ResourceID> sharing(MediaSaga resource) {
        Set<ResourceID> ids = new HashSet<>();
        sharedKeys(resource).stream()
                .filter(key -> !key.contains("/t/events.saga.") && !key.endsWith("/t/deadletters.orchestrator"))
                .flatMap(key -> primaries().byIndex(SHARED, key).stream())
                .forEach(saga -> ids.add(ResourceID.fromResource(saga)));
        others(resource).stream()
                .min(java.util.Comparator.comparing(Saga::created).thenComparing(saga -> saga.id().name()))
                .ifPresent(oldest -> ids.add(new ResourceID(oldest.id().name(), oldest.id().namespace())));
        ids.remove(ResourceID.fromResource(resource));
        return ids;
    }

    /** To whom a change of an object is of interest. */
    Set<ResourceID> interested(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        Set<ResourceID> ids = new HashSet<>();
        Map<String, String> labels = Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
        String participant = labels.get(Names.PARTICIPANT);
        if (participant != null) {
            shared(namespace + "/p/" + participant).forEach(ids::add);
        }
        if (object.getKind().equals(Kind.KAFKA_TOPIC.kind())) {
            shared(namespace + "/t/" + object.getMetadata().getName()).forEach(ids::add);
        }
        for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
            if (owner.getKind().equals("MediaSaga")) {
                ids.add(new ResourceID(owner.getName(), namespace));
            }
        }
        return ids;
    }

    /** All MediaSagas beside an object. */
    Set<ResourceID> beside(GenericKubernetesResource object) {
        Set<ResourceID> ids = new HashSet<>();
        primaries().byIndex(NAMESPACE, object.getMetadata().getNamespace()).forEach(saga -> ids.add(ResourceID.fromResource(saga)));
        return ids;
    }

    Stream<ResourceID> all() {
        IndexerResourceCache<MediaSaga> known = cache;
        return known == null ? Stream.empty() : known.list(saga -> true).map(ResourceID::fromResource);
    }

    private Stream<ResourceID> shared(String key) {
        return primaries().byIndex(SHARED, key).stream().map(ResourceID::fromResource);
    }

    private List<String> sharedKeys(MediaSaga resource) {
        String namespace = resource.getMetadata().getNamespace();
        return resolve(resource)
                .map(saga -> Stream.concat(
                                saga.topology().participants().stream().map(p -> namespace + "/p/" + p.name()),
                                saga.topics().values().stream().map(t -> namespace + "/t/" + t.resourceName()))
                        .toList())
                .orElse(List.of());
    }

    private IndexerResourceCache<MediaSaga> primaries() {
        return Objects.requireNonNull(cache, "the controller has started");
    }
}

package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the cluster has of what is ours, kept up to date by watches. Kinds of optional APIs come and go with them. */
public final class Caches {

    private static final String OWNER = "mediasaga-owner";
    private static final String PARTICIPANT = "mediasaga-participant";

    private final SecondaryToPrimaryMapper<GenericKubernetesResource> toPrimaries;
    private final SecondaryToPrimaryMapper<GenericKubernetesResource> toNamespace;
    private final String storageSecret;
    private final Map<Kind, InformerEventSource<GenericKubernetesResource, MediaSaga>> sources =
            new ConcurrentHashMap<>();
    private volatile @Nullable InformerEventSource<GenericKubernetesResource, MediaSaga> storage;

    /**
     * Watches nothing yet.
     *
     * @param toPrimaries to whom a change is of interest
     * @param toNamespace all MediaSagas beside an object
     * @param storageSecret the name of the Secret with the keys of the media store; empty when there is none
     */
    public Caches(
            SecondaryToPrimaryMapper<GenericKubernetesResource> toPrimaries,
            SecondaryToPrimaryMapper<GenericKubernetesResource> toNamespace,
            String storageSecret) {
        this.toPrimaries = toPrimaries;
        this.toNamespace = toNamespace;
        this.storageSecret = storageSecret;
    }

    /** Those that every cluster has. */
    public List<EventSource<?, MediaSaga>> always(EventSourceContext<MediaSaga> context) {
        List<EventSource<?, MediaSaga>> all = new ArrayList<>();
        Arrays.stream(Kind.values()).filter(kind -> kind.api().isEmpty()).forEach(kind -> {
            var source = source(kind, context);
            sources.put(kind, source);
            all.add(source);
        });
        if (!storageSecret.isEmpty()) {
            var source = storageSource(context);
            storage = source;
            all.add(source);
        }
        return all;
    }

    /** Begins to watch what has come, and ends it for what has gone. */
    public synchronized void adjust(Set<Api> apis, Context<MediaSaga> context) {
        var retriever = context.eventSourceRetriever();
        for (Kind kind : Kind.values()) {
            kind.api().ifPresent(api -> {
                boolean served = apis.contains(api);
                if (served && !sources.containsKey(kind)) {
                    var source = source(kind, retriever.eventSourceContextForDynamicRegistration());
                    retriever.dynamicallyRegisterEventSource(source);
                    sources.put(kind, source);
                } else if (!served && sources.remove(kind) != null) {
                    retriever.dynamicallyDeRegisterEventSource(kind.name());
                }
            });
        }
    }

    private InformerEventSource<GenericKubernetesResource, MediaSaga> source(
            Kind kind, EventSourceContext<MediaSaga> context) {
        // A Secret of credentials is not ours but has the participant's label, and so have our copies.
        String selector = kind == Kind.SECRET ? Names.PARTICIPANT : Names.MANAGED_BY + "=" + Names.MANAGER;
        var configuration = InformerEventSourceConfiguration.from(kind.gvk(), MediaSaga.class)
                .withName(kind.name())
                .withLabelSelector(selector)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(toPrimaries)
                .build();
        var source = new InformerEventSource<GenericKubernetesResource, MediaSaga>(configuration, context);
        source.addIndexers(Map.of(
                OWNER,
                object -> object.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .toList(),
                PARTICIPANT,
                object -> Optional.ofNullable(object.getMetadata().getLabels())
                        .map(labels -> labels.get(Names.PARTICIPANT))
                        .map(name -> List.of(object.getMetadata().getNamespace() + "/" + name))
                        .orElse(List.of())));
        return source;
    }

    /** By its name, for whoever makes it knows nothing of our labels. */
    private InformerEventSource<GenericKubernetesResource, MediaSaga> storageSource(EventSourceContext<MediaSaga> context) {
        var configuration = InformerEventSourceConfiguration.from(Kind.SECRET.gvk(), MediaSaga.class)
                .withName("storage")
                .withFieldSelector(new FieldSelector(new FieldSelector.Field("metadata.name", storageSecret)))
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(toNamespace)
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** The keys of the media store in a namespace, as they stand in their Secret. */
    public Optional<Map<String, String>> storageKeys(String namespace) {
        var source = storage;
        return source == null
                ? Optional.empty()
                : source.get(new ResourceID(storageSecret, namespace)).map(secret -> secret.<Map<String, String>>get("data"));
    }

    /** An object by its name. */
    public Optional<GenericKubernetesResource> get(Kind kind, String namespace, String name) {
        var source = sources.get(kind);
        return source == null ? Optional.empty() : source.get(new ResourceID(name, namespace));
    }

    /** Everything that belongs to a resource. */
    public Stream<GenericKubernetesResource> ownedBy(Kind kind, String uid) {
        var source = sources.get(kind);
        return source == null ? Stream.empty() : source.byIndex(OWNER, uid).stream();
    }

    /** Everything of a participant, whomever it belongs to. */
    public Stream<GenericKubernetesResource> ofParticipant(Kind kind, String namespace, String participant) {
        var source = sources.get(kind);
        return source == null
                ? Stream.empty()
                : source.byIndex(PARTICIPANT, namespace + "/" + participant).stream();
    }

    boolean watches(Kind kind) {
        return sources.containsKey(kind);
    }

    /** Takes note of what was just written, so that the next look does not see the old. */
    void written(Kind kind, GenericKubernetesResource after, Optional<GenericKubernetesResource> before) {
        var source = sources.get(kind);
        if (source != null) {
            ResourceID id = ResourceID.fromResource(after);
            if (before.isPresent()) {
                source.handleRecentResourceUpdate(id, after, before.get());
            } else {
                source.handleRecentResourceCreate(id, after);
            }
        }
    }
}

package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.render.Sorted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes objects by server-side apply, under a field manager of its own, and only those that differ from what is wanted:
 * when everything is as it should be, nothing is written. Thread-safe.
 */
public final class Applier {

    /** What was wanted when the object was last written: tells a change of mind from a change by others. */
    private static final String APPLIED = "mediasaga.io/applied";

    private static final Logger log = LoggerFactory.getLogger(Applier.class);
    private static final int TRY_AGAIN = 429;
    private static final int SERVER_ERROR = 500;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Caches caches;

    public Applier(KubernetesClient client, Caches caches) {
        this.client = client;
        this.caches = caches;
    }

    /**
     * Brings objects to the cluster.
     *
     * @throws KubernetesClientException when the API server is away or busy, so that trying again helps
     */
    public Applied apply(List<HasMetadata> objects) {
        int written = 0;
        List<Applied.Drift> drifts = new ArrayList<>();
        List<Applied.Refusal> refusals = new ArrayList<>();
        for (HasMetadata object : objects) {
            Kind kind = Kind.of(object);
            if (!caches.watches(kind)) {
                continue; // its API has just gone; the next round knows
            }
            try {
                if (apply(kind, object, drifts)) {
                    written++;
                }
            } catch (ForeignObjectException e) {
                refusals.add(new Applied.Refusal(kind, object.getMetadata().getName(), String.valueOf(e.getMessage())));
            } catch (KubernetesClientException e) {
                if (e.getCode() == 0 || e.getCode() == TRY_AGAIN || e.getCode() == CONFLICT || e.getCode() >= SERVER_ERROR) {
                    throw e;
                }
                refusals.add(new Applied.Refusal(kind, object.getMetadata().getName(), message(e)));
            }
        }
        return new Applied(written, drifts, refusals);
    }

    private static String message(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    private boolean apply(Kind kind, HasMetadata object, List<Applied.Drift> drifts) {
        Map<String, Object> wanted = Sorted.map(toMap(object));
        String hash = Names.hash(wanted.toString());
        annotate(wanted, hash);
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        Optional<GenericKubernetesResource> actual = caches.get(kind, namespace, name);
        if (actual.isPresent()) {
            Optional<FieldPath> difference = Comparison.difference(wanted, toMap(actual.get()));
            if (difference.isEmpty()) {
                return false;
            }
            if (hash.equals(annotation(actual.get()))) {
                String manager = FieldManagers.of(actual.get(), difference.get()).orElse("somebody");
                drifts.add(new Applied.Drift(kind, name, difference.get().toString(), manager));
            }
            log.debug("{} {}/{} differs at {}", kind.kind(), namespace, name, difference.get());
        } else {
            refuseForeign(kind, namespace, name);
        }
        GenericKubernetesResource sent = client.getKubernetesSerialization().convertValue(wanted, GenericKubernetesResource.class);
        GenericKubernetesResource after = client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .resource(sent)
                .fieldManager(Names.MANAGER)
                .forceConflicts()
                .serverSideApply();
        caches.written(kind, after, actual);
        return true;
    }

    /** What is not in the cache may yet be there, made by somebody else; that is not taken over. */
    private void refuseForeign(Kind kind, String namespace, String name) {
        GenericKubernetesResource there = client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (there == null || there.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        Map<String, String> labels = there.getMetadata().getLabels();
        if (labels == null || !Names.MANAGER.equals(labels.get(Names.MANAGED_BY))) {
            throw new ForeignObjectException(kind.kind() + " " + name
                    + " is already there and not the operator's; rename or remove it, or hand it over with the label "
                    + Names.MANAGED_BY + "=" + Names.MANAGER);
        }
    }

    /** Removes an object; it is well when it is gone already. */
    public void delete(Kind kind, String namespace, String name) {
        client.genericKubernetesResources(kind.context()).inNamespace(namespace).withName(name).delete();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> toMap(HasMetadata object) {
        return client.getKubernetesSerialization().convertValue(object, Map.class);
    }

    @SuppressWarnings("unchecked")
    private static void annotate(Map<String, Object> object, String hash) {
        Map<String, Object> metadata = (Map<String, Object>) object.computeIfAbsent("metadata", key -> new HashMap<>());
        Map<String, Object> annotations = new TreeMap<>();
        if (metadata.get("annotations") instanceof Map<?, ?> own) {
            own.forEach((key, value) -> annotations.put(String.valueOf(key), value));
        }
        annotations.put(APPLIED, hash);
        metadata.put("annotations", annotations);
    }

    private static String annotation(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(APPLIED, "");
    }

    /** Somebody else's object has the name that is needed. */
    private static final class ForeignObjectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignObjectException(String message) {
            super(message);
        }
    }
}

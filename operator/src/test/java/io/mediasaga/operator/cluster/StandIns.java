package io.mediasaga.operator.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.mediasaga.operator.apply.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In place of Strimzi's operators and of Kubernetes' Deployment controller, neither of which runs here: says of topics,
 * users and Deployments of a namespace that they are as wanted, except where it is told otherwise.
 */
public final class StandIns implements AutoCloseable {

    private final KubernetesClient client;
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
    private final Set<String> lame = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    public StandIns(KubernetesClient client, String namespace, Kind... kinds) {
        this.client = client;
        for (Kind kind : kinds) {
            informers.add(client.genericKubernetesResources(kind.context())
                    .inNamespace(namespace)
                    .inform(new ResourceEventHandler<>() {
                        @Override
                        public void onAdd(GenericKubernetesResource object) {
                            say(kind, object);
                        }

                        @Override
                        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
                            say(kind, object);
                        }

                        @Override
                        public void onDelete(GenericKubernetesResource object, boolean unknown) {}
                    }));
        }
    }

    /** Deployments of that name do not become ready from now on. */
    public void lame(String deployment) {
        lame.add(deployment);
    }

    /** They do again. */
    public void well(String deployment, String namespace) {
        lame.remove(deployment);
        say(Kind.DEPLOYMENT, client.genericKubernetesResources(Kind.DEPLOYMENT.context())
                .inNamespace(namespace).withName(deployment).get());
    }

    /** Topics or users of that name are refused from now on. */
    public void refuse(String name, String message) {
        refused.put(name, message);
    }

    private void say(Kind kind, GenericKubernetesResource object) {
        String name = object.getMetadata().getName();
        long generation = object.getMetadata().getGeneration();
        String status;
        if (kind == Kind.DEPLOYMENT) {
            Integer wanted = object.get("spec", "replicas");
            int replicas = wanted == null ? 1 : wanted;
            boolean stuck = lame.contains(name);
            status = """
                    {"observedGeneration":%d,"replicas":%d,"updatedReplicas":%d,"readyReplicas":%d,"availableReplicas":%d,
                     "conditions":[{"type":"Progressing","status":"%s","reason":"%s","message":"",
                       "lastTransitionTime":"2026-01-10T12:00:00Z","lastUpdateTime":"2026-01-10T12:00:00Z"}]}"""
                    .formatted(
                            generation, stuck ? replicas + 1 : replicas, stuck ? 1 : replicas, replicas, replicas,
                            stuck ? "False" : "True", stuck ? "ProgressDeadlineExceeded" : "NewReplicaSetAvailable");
        } else {
            String refusal = refused.get(name);
            status = """
                    {"observedGeneration":%d,"conditions":[{"type":"Ready","status":"%s","message":"%s",
                       "lastTransitionTime":"2026-01-10T12:00:00Z"}]}"""
                    .formatted(generation, refusal == null ? "True" : "False", refusal == null ? "" : refusal);
        }
        Map<String, Object> there = object.get("status");
        if (there != null && same(there, status)) {
            return;
        }
        try {
            client.genericKubernetesResources(kind.context())
                    .inNamespace(object.getMetadata().getNamespace())
                    .withName(name)
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + status + "}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private boolean same(Map<String, Object> there, String status) {
        Map<?, ?> wanted = client.getKubernetesSerialization().unmarshal(status, Map.class);
        return wanted.entrySet().stream()
                .allMatch(entry -> String.valueOf(entry.getValue()).equals(String.valueOf(there.get(entry.getKey())))
                        || entry.getKey().equals("conditions")
                                && firstOf(entry.getValue()).equals(firstOf(there.get("conditions"))));
    }

    private static String firstOf(Object conditions) {
        return conditions instanceof List<?> list && list.getFirst() instanceof Map<?, ?> map
                ? map.get("status") + " " + Objects.toString(map.get("message"), "") + " "
                        + Objects.toString(map.get("reason"), "")
                : "";
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}

package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How Deployments are doing, told by themselves and by their pods. */
final class Rollouts {

    private final KubernetesSerialization serialization;
    private final Caches caches;

    Rollouts(KubernetesSerialization serialization, Caches caches) {
        this.serialization = serialization;
        this.caches = caches;
    }

    Optional<Rollout> of(String namespace, String participant) {
        return caches.get(Kind.DEPLOYMENT, namespace, participant)
                .map(resource -> serialization.convertValue(resource, Deployment.class))
                .map(deployment -> of(deployment, pods(namespace, participant)));
    }

    private List<Pod> pods(String namespace, String participant) {
        return caches.ofParticipant(Kind.POD, namespace, participant)
                .map((GenericKubernetesResource resource) -> serialization.convertValue(resource, Pod.class))
                .toList();
    }

    private static Rollout of(Deployment deployment, List<Pod> pods) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        String credentials = labels(deployment.getSpec().getTemplate().getMetadata().getLabels()).get(Names.CREDENTIALS);
        int desired = zero(deployment.getSpec().getReplicas());
        long generation = Optional.ofNullable(deployment.getMetadata().getGeneration()).orElse(0L);
        long observed = Optional.ofNullable(status.getObservedGeneration()).orElse(0L);
        boolean complete = observed >= generation
                && zero(status.getReplicas()) == desired
                && zero(status.getUpdatedReplicas()) == desired
                && zero(status.getAvailableReplicas()) == desired;
        // Old pods go only when as many new ones are ready (maxUnavailable 0): where none is left, the change is through.
        boolean renewed = observed >= generation
                && zero(status.getUpdatedReplicas()) == zero(status.getReplicas())
                && (zero(status.getAvailableReplicas()) > 0 || complete);
        boolean overdue = observed >= generation
                && status.getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Progressing")
                                && "ProgressDeadlineExceeded".equals(condition.getReason()));
        int old = (int) pods.stream()
                .filter(pod -> !Objects.equals(labels(pod.getMetadata().getLabels()).get(Names.CREDENTIALS), credentials))
                .count();
        return new Rollout(
                credentials, desired, zero(status.getReadyReplicas()), complete, renewed, overdue && !complete, old,
                complete ? List.of() : troubles(status, pods));
    }

    /** In words that stay the same while the trouble does. */
    private static List<String> troubles(DeploymentStatus status, List<Pod> pods) {
        TreeSet<String> troubles = new TreeSet<>();
        status.getConditions().stream()
                .filter(condition -> condition.getType().equals("ReplicaFailure") && condition.getStatus().equals("True"))
                .forEach(condition -> troubles.add("no pod can be made: " + condition.getMessage()));
        for (Pod pod : pods) {
            if (pod.getStatus() == null) {
                continue;
            }
            pod.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("PodScheduled") && condition.getStatus().equals("False"))
                    .forEach(condition -> troubles.add("no node takes its pods: " + condition.getMessage()));
            pod.getStatus().getContainerStatuses().stream()
                    .map(Rollouts::trouble)
                    .flatMap(Optional::stream)
                    .forEach(troubles::add);
        }
        return List.copyOf(troubles);
    }

    private static Optional<String> trouble(ContainerStatus container) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null) {
            return Optional.empty();
        }
        return switch (waiting.getReason()) {
            case "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName" ->
                Optional.of("its image " + container.getImage() + " cannot be pulled; see spec.participants[].image");
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                Optional.of("its container cannot be made: " + waiting.getMessage());
            case "CrashLoopBackOff" -> Optional.of("its container ends again and again; see its log");
            default -> Optional.empty();
        };
    }

    private static Map<String, String> labels(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }

    private static int zero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}

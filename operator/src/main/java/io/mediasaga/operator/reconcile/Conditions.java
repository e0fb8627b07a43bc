package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The conditions of an object of any kind. */
record Conditions(List<Map<String, Object>> all, boolean current) {

    static Conditions of(GenericKubernetesResource resource) {
        List<Map<String, Object>> found = resource.get("status", "conditions");
        Object observed = resource.get("status", "observedGeneration");
        Long generation = resource.getMetadata().getGeneration();
        boolean current = !(observed instanceof Number number) || generation == null || number.longValue() >= generation;
        return new Conditions(found == null ? List.of() : found, current);
    }

    /** Whether the condition holds for what is wanted now. */
    boolean holds(String type) {
        return current && find(type).map(condition -> "True".equals(condition.get("status"))).orElse(false);
    }

    /** Why it does not hold; empty when it does, or nobody has said anything yet. */
    Optional<String> problem(String type) {
        return find(type)
                .filter(condition -> "False".equals(condition.get("status")))
                .map(condition -> Objects.requireNonNullElse(
                                condition.get("message"), Objects.requireNonNullElse(condition.get("reason"), "not ready"))
                        .toString());
    }

    Optional<Map<String, Object>> find(String type) {
        return all.stream().filter(condition -> type.equals(condition.get("type"))).findFirst();
    }
}

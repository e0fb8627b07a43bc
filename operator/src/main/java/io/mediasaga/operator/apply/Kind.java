package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.mediasaga.operator.model.Api;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every kind of object that is made or looked at. */
public enum Kind {
    SERVICE_ACCOUNT("", "v1", "ServiceAccount", "serviceaccounts", null),
    SECRET("", "v1", "Secret", "secrets", null),
    CONFIG_MAP("", "v1", "ConfigMap", "configmaps", null),
    SERVICE("", "v1", "Service", "services", null),
    POD("", "v1", "Pod", "pods", null),
    DEPLOYMENT("apps", "v1", "Deployment", "deployments", null),
    AUTOSCALER("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", null),
    DISRUPTION_BUDGET("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", null),
    NETWORK_POLICY("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", null),
    INGRESS("networking.k8s.io", "v1", "Ingress", "ingresses", null),
    KAFKA_TOPIC(Api.STRIMZI, "KafkaTopic", "kafkatopics"),
    KAFKA_USER(Api.STRIMZI, "KafkaUser", "kafkausers"),
    EXTERNAL_SECRET(Api.EXTERNAL_SECRETS, "ExternalSecret", "externalsecrets"),
    POD_MONITOR(Api.MONITORING, "PodMonitor", "podmonitors"),
    PROMETHEUS_RULE(Api.MONITORING, "PrometheusRule", "prometheusrules"),
    GRAFANA_DASHBOARD(Api.GRAFANA, "GrafanaDashboard", "grafanadashboards");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final @Nullable Api api;

    Kind(String group, String version, String kind, String plural, @Nullable Api api) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.api = api;
    }

    Kind(Api api, String kind, String plural) {
        this(api.group(), api.version(), kind, plural, api);
    }

    /** The kind of an object. */
    public static Kind of(HasMetadata object) {
        return Arrays.stream(values())
                .filter(kind -> kind.kind.equals(object.getKind()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown kind " + object.getKind()));
    }

    /** The API that has to be there for it; empty when every cluster has it. */
    public Optional<Api> api() {
        return Optional.ofNullable(api);
    }

    public String kind() {
        return kind;
    }

    public GroupVersionKind gvk() {
        return new GroupVersionKind(group, version, kind);
    }

    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}

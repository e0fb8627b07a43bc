package io.mediasaga.operator.model;

/** APIs that a cluster may have or not. */
public enum Api {
    STRIMZI("kafka.strimzi.io", "v1"),
    EXTERNAL_SECRETS("external-secrets.io", "v1"),
    MONITORING("monitoring.coreos.com", "v1"),
    GRAFANA("grafana.integreatly.org", "v1beta1"),
    EXTERNAL_METRICS("external.metrics.k8s.io", "v1beta1");

    private final String group;
    private final String version;

    Api(String group, String version) {
        this.group = group;
        this.version = version;
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    /** As in {@code apiVersion}. */
    public String apiVersion() {
        return group + "/" + version;
    }
}

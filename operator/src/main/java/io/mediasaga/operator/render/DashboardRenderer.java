package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** A Grafana dashboard of a saga: for Grafana's sidecar a ConfigMap, for its operator a resource. */
final class DashboardRenderer {

    private static final String TEMPLATE = read();

    private DashboardRenderer() {}

    static HasMetadata configMap(Plan plan) {
        String name = plan.id().name() + "-dashboard";
        return new ConfigMapBuilder()
                .withMetadata(Meta.owned(plan, name).addToLabels("grafana_dashboard", "1").build())
                .withData(Map.of(name + ".json", json(plan)))
                .build();
    }

    static HasMetadata grafana(Plan plan) {
        return Meta.generic(
                Api.GRAFANA.apiVersion(),
                "GrafanaDashboard",
                Meta.owned(plan, plan.id().name()).build(),
                Map.of(
                        "instanceSelector", Map.of("matchLabels", Map.of("dashboards", "grafana")),
                        "json", json(plan)));
    }

    private static String json(Plan plan) {
        return TEMPLATE.replace("${saga}", plan.id().name()).replace("${namespace}", plan.id().namespace());
    }

    private static String read() {
        try (InputStream in = DashboardRenderer.class.getResourceAsStream("dashboard.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

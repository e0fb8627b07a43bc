package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Prometheus scrapes and when it raises an alert. */
final class MonitoringRenderer {

    private MonitoringRenderer() {}

    static HasMetadata monitor(Plan plan, ParticipantPlan participant) {
        String path = participant.settings().path() == null
                ? ""
                : participant.settings().path().replaceAll("/+$", "");
        return Meta.generic(
                Api.MONITORING.apiVersion(),
                "PodMonitor",
                Meta.of(plan, participant, participant.name()).build(),
                Map.of(
                        "selector", Map.of("matchLabels", Meta.selector(participant)),
                        "podMetricsEndpoints",
                                List.of(Map.of("port", "http", "path", path + "/actuator/prometheus", "interval", "15s"))));
    }

    /** What concerns this MediaSaga's own deployments; what its sagas do is watched by the rules of the chart. */
    static HasMetadata alerts(Plan plan) {
        String saga = plan.id().name();
        String namespace = plan.id().namespace();
        String participants =
                plan.participants().stream().map(ParticipantPlan::name).collect(Collectors.joining("|"));
        return Meta.generic(
                Api.MONITORING.apiVersion(),
                "PrometheusRule",
                Meta.owned(plan, saga).build(),
                Map.of("groups", List.of(Map.of("name", "mediasaga." + saga, "rules", List.of(Map.of(
                        "alert", "MediaSagaParticipantDown",
                        "expr", "kube_deployment_status_replicas_available{namespace=\"" + namespace + "\",deployment=~\""
                                + participants + "\"} == 0",
                        "for", "5m",
                        "labels", Map.of("severity", "critical"),
                        "annotations", Map.of(
                                "summary", "No pod of {{ $labels.deployment }} is available: kubectl -n " + namespace
                                        + " describe mediasaga " + saga,
                                "runbook_url", "docs/runbook.md#mediasagaparticipantdown")))))));
    }
}

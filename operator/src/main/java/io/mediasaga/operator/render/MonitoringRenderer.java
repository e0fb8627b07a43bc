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

    static HasMetadata alerts(Plan plan) {
        String saga = plan.id().name();
        String namespace = plan.id().namespace();
        String participants =
                plan.participants().stream().map(ParticipantPlan::name).collect(Collectors.joining("|"));
        return Meta.generic(
                Api.MONITORING.apiVersion(),
                "PrometheusRule",
                Meta.owned(plan, saga).build(),
                Map.of("groups", List.of(Map.of("name", "mediasaga." + saga, "rules", List.of(
                        alert(
                                "MediaSagaHeld",
                                "increase(mediasaga_sagas_holds_total{definition=\"" + saga + "\"}[10m]) > 0",
                                "0m", "warning",
                                "Sagas of " + saga + " wait for a person: mediasaga sagas list --state HELD"),
                        alert(
                                "MediaSagaFailing",
                                "sum(rate(mediasaga_sagas_ended_seconds_count{definition=\"" + saga
                                        + "\",outcome=\"compensated\"}[10m])) > 0.1 * sum(rate(mediasaga_sagas_ended_seconds_count"
                                        + "{definition=\"" + saga + "\"}[10m]))",
                                "10m", "warning",
                                "More than a tenth of the sagas of " + saga + " are undone"),
                        alert(
                                "MediaSagaParticipantDown",
                                "kube_deployment_status_replicas_available{namespace=\"" + namespace + "\",deployment=~\""
                                        + participants + "\"} == 0",
                                "5m", "critical",
                                "No pod of {{ $labels.deployment }} is available: kubectl -n " + namespace
                                        + " describe mediasaga " + saga))))));
    }

    private static Map<String, Object> alert(String name, String expression, String after, String severity, String summary) {
        return Map.of(
                "alert", name,
                "expr", expression,
                "for", after,
                "labels", Map.of("severity", severity),
                "annotations", Map.of("summary", summary));
    }
}

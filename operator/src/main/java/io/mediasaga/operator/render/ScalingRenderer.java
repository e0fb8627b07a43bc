package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many pods there are. */
final class ScalingRenderer {

    private static final String LAG = "kafka_consumergroup_lag";
    private static final String LAG_PER_POD = "1000";
    private static final int CALM_SECONDS = 300;
    /** What a JVM takes to start is no load: an autoscaler follows what has lasted so long. Commands wait in their topics meanwhile. */
    private static final int START_SECONDS = 120;

    /** Whether an autoscaler owns the number of replicas; then nobody else may write it. */
    static boolean scales(ParticipantPlan participant) {
        return participant.settings().maxReplicas() > participant.settings().minReplicas();
    }

    Optional<HasMetadata> autoscaler(Plan plan, ParticipantPlan participant) {
        if (!scales(participant)) {
            return Optional.empty();
        }
        var settings = participant.settings();
        List<MetricSpec> metrics = new ArrayList<>();
        metrics.add(new MetricSpecBuilder()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(settings.cpuPercent())
                .endTarget()
                .endResource()
                .build());
        if (plan.observed().apis().contains(Api.EXTERNAL_METRICS)) {
            metrics.add(lag(participant));
        }
        return Optional.of(new HorizontalPodAutoscalerBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name()).build())
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(participant.name())
                .endScaleTargetRef()
                .withMinReplicas(settings.minReplicas())
                .withMaxReplicas(settings.maxReplicas())
                .withMetrics(metrics)
                .withNewBehavior()
                .withNewScaleUp()
                .withStabilizationWindowSeconds(START_SECONDS)
                .endScaleUp()
                .withNewScaleDown()
                .withStabilizationWindowSeconds(CALM_SECONDS)
                .endScaleDown()
                .endBehavior()
                .endSpec()
                .build());
    }

    private static MetricSpec lag(ParticipantPlan participant) {
        return new MetricSpecBuilder()
                .withType("External")
                .withNewExternal()
                .withNewMetric()
                .withName(LAG)
                .withNewSelector()
                .withMatchLabels(Map.of("consumergroup", participant.name()))
                .endSelector()
                .endMetric()
                .withNewTarget()
                .withType("AverageValue")
                .withAverageValue(new Quantity(LAG_PER_POD))
                .endTarget()
                .endExternal()
                .build();
    }

    HasMetadata disruptionBudget(Plan plan, ParticipantPlan participant) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name()).build())
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Meta.selector(participant))
                .endSelector()
                .endSpec()
                .build();
    }
}

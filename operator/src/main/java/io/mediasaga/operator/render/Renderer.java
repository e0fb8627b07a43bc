package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import java.util.ArrayList;
import java.util.List;

/** All objects of a plan, in the order in which they are best made. Thread-safe. */
public final class Renderer {

    private final DeploymentRenderer deployments;
    private final ParticipantRenderer participants;
    private final ScalingRenderer scaling;
    private final NetworkRenderer network;
    private final OperatorSettings settings;

    public Renderer(OperatorSettings settings) {
        this.settings = settings;
        this.deployments = new DeploymentRenderer(settings);
        this.participants = new ParticipantRenderer(settings);
        this.scaling = new ScalingRenderer();
        this.network = new NetworkRenderer(settings);
    }

    /** What has to be there. Topics have no owner reference, for they outlive the MediaSaga. */
    public List<HasMetadata> render(Plan plan) {
        List<HasMetadata> objects = new ArrayList<>();
        var apis = plan.observed().apis();
        boolean strimzi =
                apis.contains(Api.STRIMZI) && plan.topology().kafka().management() == KafkaManagement.STRIMZI;
        if (strimzi) {
            objects.addAll(StrimziRenderer.topics(plan));
            objects.addAll(StrimziRenderer.users(plan, settings.kafka().scram()));
        }
        for (ParticipantPlan participant : plan.owned()) {
            if (apis.contains(Api.EXTERNAL_SECRETS) && plan.topology().secrets() != null) {
                objects.add(SecretRenderer.external(plan, participant, plan.topology().secrets()));
            }
            var credentials = plan.copies().get(participant.name());
            if (credentials != null) {
                objects.add(SecretRenderer.copy(plan, participant, credentials));
            }
            objects.add(participants.serviceAccount(plan, participant));
            objects.add(participants.service(plan, participant));
            if (settings.networkPolicies()) {
                objects.add(network.policy(plan, participant));
            }
            if (settings.ingress().enabled() && participant.settings().path() != null) {
                objects.add(network.ingress(plan, participant));
            }
            if (participant.deployable()) {
                objects.add(deployments.deployment(plan, participant));
                scaling.autoscaler(plan, participant).ifPresent(objects::add);
                objects.add(scaling.disruptionBudget(plan, participant));
            }
            if (apis.contains(Api.MONITORING)) {
                objects.add(MonitoringRenderer.monitor(plan, participant));
            }
        }
        if (apis.contains(Api.MONITORING)) {
            objects.add(MonitoringRenderer.alerts(plan));
            objects.add(DashboardRenderer.configMap(plan));
        }
        if (apis.contains(Api.GRAFANA)) {
            objects.add(DashboardRenderer.grafana(plan));
        }
        return objects;
    }
}

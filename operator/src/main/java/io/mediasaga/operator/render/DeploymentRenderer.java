package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.mediasaga.crd.v1alpha1.ResourceAmounts;
import io.mediasaga.crd.v1alpha1.Resources;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Deployment of a participant. Nothing in its pods is of one saga, so that it can change its owner without a restart. */
final class DeploymentRenderer {

    private static final int PROGRESS_SECONDS = 300;
    private static final long PRE_STOP_SECONDS = 5;

    private final OperatorSettings settings;

    DeploymentRenderer(OperatorSettings settings) {
        this.settings = settings;
    }

    HasMetadata deployment(Plan plan, ParticipantPlan participant) {
        return new DeploymentBuilder()
                .withMetadata(Meta.of(plan, participant, participant.name()).build())
                .withNewSpec()
                .withReplicas(ScalingRenderer.scales(participant) ? null : participant.settings().minReplicas())
                .withRevisionHistoryLimit(3)
                .withProgressDeadlineSeconds(PROGRESS_SECONDS)
                .withSelector(new LabelSelectorBuilder()
                        .withMatchLabels(Meta.selector(participant))
                        .build())
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(pod(plan, participant))
                .endSpec()
                .build();
    }

    private PodTemplateSpec pod(Plan plan, ParticipantPlan participant) {
        Map<String, String> labels = new TreeMap<>(Meta.selector(participant));
        labels.put(Names.MANAGED_BY, Names.MANAGER);
        labels.put(Names.PART_OF, "mediasaga");
        if (participant.credentials() != null) {
            labels.put(Names.CREDENTIALS, participant.credentials());
        }
        long user = settings.pods().user();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(participant.name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(settings.pods().grace().toSeconds())
                .withImagePullSecrets(settings.images().pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(user)
                .withRunAsGroup(user)
                .withFsGroup(user)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Meta.selector(participant))
                .endLabelSelector()
                .endTopologySpreadConstraint()
                .withContainers(container(plan, participant))
                .withVolumes(volumes(participant))
                .endSpec()
                .build();
    }

    private Container container(Plan plan, ParticipantPlan participant) {
        String path = participant.settings().path() == null
                ? ""
                : participant.settings().path().replaceAll("/+$", "");
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("tmp", "/tmp"));
        if (Environment.mounts(settings, participant)) {
            mounts.add(mount("media", Environment.MEDIA));
        }
        return new ContainerBuilder()
                .withName("service")
                .withImage(participant.image())
                .withImagePullPolicy(settings.images().pullPolicy())
                .withEnv(Environment.of(settings, plan, participant))
                .addNewPort()
                .withName("http")
                .withContainerPort(participant.settings().port())
                .withProtocol("TCP")
                .endPort()
                .withResources(resources(participant.settings().resources()))
                // It may wait for its database; a probe that gave up earlier would only start it over.
                .withStartupProbe(probe(path + "/actuator/health/liveness", 2, 90))
                .withLivenessProbe(probe(path + "/actuator/health/liveness", 10, 3))
                .withReadinessProbe(probe(path + "/actuator/health/readiness", 5, 2))
                // Until every proxy has heard that it leaves, requests still come.
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep()
                .withSeconds(PRE_STOP_SECONDS)
                .endSleep()
                .endPreStop()
                .endLifecycle()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(mounts)
                .build();
    }

    private List<Volume> volumes(ParticipantPlan participant) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(settings.pods().tmp()))
                .endEmptyDir()
                .build());
        if (Environment.mounts(settings, participant)) {
            volumes.add(new VolumeBuilder()
                    .withName("media")
                    .withNewPersistentVolumeClaim()
                    .withClaimName(settings.storage().claim())
                    .endPersistentVolumeClaim()
                    .build());
        }
        return volumes;
    }

    private static VolumeMount mount(String name, String path) {
        VolumeMount mount = new VolumeMount();
        mount.setName(name);
        mount.setMountPath(path);
        return mount;
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString("http"))
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    private ResourceRequirements resources(@Nullable Resources own) {
        if (own == null) {
            var amounts = settings.pods().resources();
            return requirements(amounts.requests(), amounts.limits());
        }
        return requirements(amounts(own.requests()), amounts(own.limits()));
    }

    private static Map<String, String> amounts(@Nullable ResourceAmounts amounts) {
        Map<String, String> map = new LinkedHashMap<>();
        if (amounts != null && amounts.cpu() != null) {
            map.put("cpu", amounts.cpu());
        }
        if (amounts != null && amounts.memory() != null) {
            map.put("memory", amounts.memory());
        }
        return map;
    }

    private static ResourceRequirements requirements(
            @Nullable Map<String, String> requests, @Nullable Map<String, String> limits) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(requests))
                .withLimits(quantities(limits))
                .build();
    }

    private static Map<String, Quantity> quantities(@Nullable Map<String, String> amounts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        if (amounts != null) {
            amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
        }
        return quantities;
    }
}

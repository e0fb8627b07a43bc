package io.mediasaga.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.mediasaga.crd.v1alpha1.Condition;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.operator.TestSettings;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.reconcile.RunningOperator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A namespace with an operator of its own that runs with the shipped rights, and an orchestrator to talk to. */
public final class World implements AutoCloseable {

    private static final int LOOKS = 4;

    public final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
    public final KubernetesClient admin;
    public final FakeOrchestrator orchestrator = new FakeOrchestrator();
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApiServer server;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<Runnable> open = new ArrayList<>();

    public World(ApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
        Cluster.namespace(admin, namespace);
        set("namespaces[0]", namespace);
        set("leader-election.enabled", false);
        set("orchestrator.url", orchestrator.url());
        set("orchestrator.token", FakeOrchestrator.TOKEN);
        set("discovery", "1s");
    }

    public World set(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    /** Starts an operator; it ends with this world, or before. */
    public RunningOperator operator() {
        return operator(server.operator());
    }

    /** The same by a client that will be closed after it. */
    public RunningOperator operator(KubernetesClient client) {
        RunningOperator operator = new RunningOperator(client, TestSettings.of(settings), registry, Clock.systemUTC());
        operator.start();
        open.add(() -> {
            if (operator.isRunning()) {
                operator.stop();
            }
            client.close();
        });
        return operator;
    }

    /** Stands in for whoever would make these kinds ready. */
    public StandIns standIns(Kind... kinds) {
        StandIns standIns = new StandIns(admin, namespace, kinds);
        open.add(standIns::close);
        return standIns;
    }

    /** For topics, users and Deployments. */
    public StandIns standIns() {
        return standIns(Kind.KAFKA_TOPIC, Kind.KAFKA_USER, Kind.DEPLOYMENT);
    }

    /** Makes or changes a MediaSaga. */
    public MediaSaga apply(String yaml) {
        MediaSaga saga = admin.getKubernetesSerialization().unmarshal(yaml, MediaSaga.class);
        return admin.resources(MediaSaga.class)
                .inNamespace(namespace)
                .resource(saga)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
    }

    public MediaSaga get(String name) {
        return admin.resources(MediaSaga.class).inNamespace(namespace).withName(name).get();
    }

    public void delete(String name) {
        admin.resources(MediaSaga.class).inNamespace(namespace).withName(name).delete();
    }

    /** Waits for a condition to have a status and a reason. */
    public Condition await(String saga, String type, String status, String reason) {
        return awaitStatus(saga, type + "=" + status + " " + reason, found -> found.conditions().stream()
                        .anyMatch(c -> c.type().equals(type) && c.status().equals(status) && c.reason().equals(reason)))
                .conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for everything to be ready, for the spec as it is now. */
    public MediaSagaStatus awaitReady(String saga) {
        return awaitStatus(saga, "Ready", status -> status.conditions().stream()
                .anyMatch(c -> c.type().equals("Ready")
                        && c.status().equals("True")
                        && get(saga).getMetadata().getGeneration().equals(c.observedGeneration())));
    }

    public MediaSagaStatus awaitStatus(String saga, String what, Predicate<MediaSagaStatus> wanted) {
        MediaSagaStatus[] last = new MediaSagaStatus[1];
        try {
            Awaitility.await(what).pollInterval(Duration.ofMillis(100)).until(() -> {
                MediaSaga found = get(saga);
                last[0] = found == null ? null : found.getStatus();
                return last[0] != null && wanted.test(last[0]);
            });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(saga + " is not " + what + " but " + last[0], e);
        }
        return last[0];
    }

    /** Shows every status of a MediaSaga that is written from now on. */
    public SharedIndexInformer<MediaSaga> statuses(String saga, Consumer<MediaSagaStatus> seen) {
        return admin.resources(MediaSaga.class).inNamespace(namespace).withName(saga).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(MediaSaga there) {}

            @Override
            public void onUpdate(MediaSaga before, MediaSaga after) {
                seen.accept(after.getStatus());
            }

            @Override
            public void onDelete(MediaSaga gone, boolean unknown) {}
        });
    }

    public void until(String what, java.util.concurrent.Callable<Boolean> wanted) {
        Awaitility.await(what).pollInterval(Duration.ofMillis(100)).until(wanted);
    }

    /** An object, or null. */
    public GenericKubernetesResource object(Kind kind, String name) {
        return admin.genericKubernetesResources(kind.context()).inNamespace(namespace).withName(name).get();
    }

    public List<GenericKubernetesResource> objects(Kind kind) {
        return admin.genericKubernetesResources(kind.context()).inNamespace(namespace).list().getItems();
    }

    /** What External Secrets would write. */
    public void credentials(String participant, String username, String rotatedAt) {
        credentials(participant, username, rotatedAt, Map.of());
    }

    /** The same, with further keys. */
    public void credentials(String participant, String username, String rotatedAt, Map<String, String> more) {
        admin.secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(Names.credentials(participant))
                        .withLabels(Map.of(Names.PARTICIPANT, participant))
                        .endMetadata()
                        .addToData("username", encoded(username))
                        .addToData("password", encoded("password-of-" + username))
                        .addToData("rotated_at", encoded(rotatedAt))
                        .addToStringData(more)
                        .build())
                .fieldManager("external-secrets")
                .forceConflicts()
                .serverSideApply();
    }

    /** What External Secrets would say of theirs: that they have fetched, or have not. */
    public void fetched(String participant, boolean well, Instant when) {
        admin.genericKubernetesResources(Kind.EXTERNAL_SECRET.context())
                .inNamespace(namespace)
                .withName(Names.credentials(participant))
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status":{"refreshTime":"%s","conditions":[{"type":"Ready","status":"%s","reason":"Said",
                         "message":"could not get secret data from provider","lastTransitionTime":"%s"}]}}"""
                        .formatted(when.truncatedTo(ChronoUnit.SECONDS), well ? "True" : "False", when.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** The event in which they would say why. */
    public void warnedOf(String participant, String note) {
        admin.v1().events().inNamespace(namespace).resource(new EventBuilder()
                .withNewMetadata().withName(participant + "." + UUID.randomUUID()).endMetadata()
                .withNewInvolvedObject()
                .withKind("ExternalSecret")
                .withNamespace(namespace)
                .withName(Names.credentials(participant))
                .endInvolvedObject()
                .withType("Warning")
                .withReason("UpdateFailed")
                .withMessage(note)
                .withLastTimestamp(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .build()).create();
    }

    /** The variables of a participant's container. */
    public List<EnvVar> variables(String participant) {
        return admin.apps().deployments().inNamespace(namespace).withName(participant).get()
                .getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The name of the copy that a participant's pods are to run with. */
    public String copyOf(String participant) {
        var labels = admin.apps().deployments().inNamespace(namespace).withName(participant).get()
                .getSpec().getTemplate().getMetadata().getLabels();
        return Names.credentialsCopy(participant, labels.get(Names.CREDENTIALS));
    }

    /** What {@code kubectl describe} shows at its end. */
    public List<String> events(String saga) {
        return admin.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(saga))
                .map(event -> event.getType() + " " + event.getReason() + " " + event.getNote())
                .toList();
    }

    /** Waits until the operator has written nothing in this namespace for a while, however busy the machine is. */
    public int quiet(Audit audit) {
        int[] before = {-1};
        int[] same = {0};
        Awaitility.await("quiet").pollInterval(Duration.ofMillis(800)).until(() -> {
            int now = audit.writesSince(0, namespace).size();
            same[0] = now == before[0] ? same[0] + 1 : 0;
            before[0] = now;
            return same[0] >= LOOKS;
        });
        assertThat(before[0]).isPositive();
        return before[0];
    }

    @Override
    public void close() {
        open.reversed().forEach(Runnable::run);
        orchestrator.close();
    }
}

package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.Audit;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.cluster.World;
import io.mediasaga.operator.model.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator on a real API server, with its shipped rights. */
@ExtendWith(Cluster.class)
class OperatorTest {

    private static final String THEN = "2026-01-10T12:00:00Z";

    private World world;
    private Audit audit;

    @BeforeEach
    void open(Cluster.Shared cluster) {
        world = new World(cluster.server(), cluster.admin());
        audit = cluster.audit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void makesEverythingOfTheSampleAndThenWritesNothingMore() {
        world.standIns();
        world.operator();
        world.apply(Sagas.publish());
        for (String participant : List.of("media", "quota", "ingest", "processing", "publish")) {
            world.credentials(participant, participant + "_a", THEN);
        }
        MediaSagaStatus status = world.awaitReady("publish-media-asset");

        assertThat(status.definition().version()).isEqualTo(1);
        assertThat(status.participants()).hasSize(5).allMatch(p -> THEN.equals(p.secretRotatedAt()));
        assertThat(world.objects(Kind.DEPLOYMENT)).hasSize(5);
        assertThat(world.objects(Kind.AUTOSCALER)).hasSize(5);
        assertThat(world.objects(Kind.NETWORK_POLICY)).hasSize(5);
        assertThat(world.objects(Kind.DISRUPTION_BUDGET)).hasSize(5);
        assertThat(world.objects(Kind.EXTERNAL_SECRET)).hasSize(5);
        assertThat(world.objects(Kind.POD_MONITOR)).hasSize(5);
        assertThat(world.objects(Kind.PROMETHEUS_RULE)).hasSize(1);
        assertThat(world.objects(Kind.KAFKA_USER)).hasSize(6);
        GenericKubernetesResource topic = world.objects(Kind.KAFKA_TOPIC).stream()
                .filter(t -> "commands.asset.mark_failed".equals(t.get("spec", "topicName")))
                .findFirst()
                .orElseThrow();
        assertThat(topic.<Integer>get("spec", "partitions")).isEqualTo(12);
        assertThat(topic.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(world.orchestrator.body(world.namespace + "/publish-media-asset")).contains("MarkPublished");
        assertThat(audit.since(0)).noneMatch(request -> request.code() == 403);

        int writes = world.quiet(audit);
        assertThat(world.events("publish-media-asset")).filteredOn(event -> event.contains("runs version 1")).hasSize(1);
        // It is looked at again, which is to change nothing.
        world.admin.serviceAccounts().inNamespace(world.namespace).withName("media")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":{\"looked\":\"at\"}}}");
        assertThat(world.quiet(audit)).isEqualTo(writes);
    }

    @Test
    void putsRightWhatOthersChangeAndTellsWhoItWas() {
        ready("order");
        world.admin.apps().deployments().inNamespace(world.namespace).withName("orders").patch(
                new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).withFieldManager("kubectl-edit").build(),
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"service\",\"image\":\"evil\"}]}}}}");
        world.until("put right", () -> "registry.example/orders:1".equals(image("orders")));
        world.until("told", () -> world.events("order").stream()
                .anyMatch(e -> e.startsWith("Warning DriftCorrected") && e.contains("kubectl-edit") && e.contains("image")));

        world.admin.services().inNamespace(world.namespace).withName("payments").delete();
        world.until("made again", () -> world.object(Kind.SERVICE, "payments") != null);
    }

    @Test
    void leavesAloneWhatOthersAdd() {
        ready("order");
        int writes = world.quiet(audit);
        world.admin.apps().deployments().inNamespace(world.namespace).withName("orders").patch(
                new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).withFieldManager("injector").build(),
                "{\"metadata\":{\"labels\":{\"team\":\"a\"}},\"spec\":{\"replicas\":3,\"template\":{\"spec\":{\"containers\":"
                        + "[{\"name\":\"sidecar\",\"image\":\"proxy\"}]}}}}");
        world.quiet(audit);
        var deployment = world.admin.apps().deployments().inNamespace(world.namespace).withName("orders").get();
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment.getSpec().getTemplate().getSpec().getContainers()).hasSize(2);
        assertThat(audit.writesSince(0, world.namespace).stream().filter(r -> r.resource().equals("deployments")).count())
                .as("after %s writes", writes)
                .isEqualTo(2);
    }

    @Test
    void saysWhichCredentialsAreMissingAndGoesOnWhenTheyCome() {
        world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        world.credentials("orders", "orders_a", THEN);
        assertThat(world.await("order", "SecretsReady", "False", "SecretMissing").message())
                .contains("payments has no Secret payments-credentials yet");
        assertThat(world.object(Kind.DEPLOYMENT, "payments")).isNull();
        world.admin.secrets().inNamespace(world.namespace).resource(new SecretBuilder()
                .withNewMetadata().withName("payments-credentials").addToLabels(Names.PARTICIPANT, "payments").endMetadata()
                .addToStringData("username", "payments_a").build()).create();
        world.until("half there", () -> world.get("order").getStatus().conditions().stream()
                .anyMatch(c -> c.message().contains("without password; add it at shop/payments")));
        world.credentials("payments", "payments_a", THEN);
        world.awaitReady("order");
        assertThat(world.events("order")).anyMatch(e -> e.startsWith("Warning SecretMissing"));
    }

    @Test
    void saysWhichTopicIsRefusedAndHandsNothingOver() {
        var standIns = world.standIns();
        standIns.refuse("events.order.placed", "Not enough brokers");
        world.operator();
        world.apply(Sagas.order("order"));
        assertThat(world.await("order", "TopicsReady", "False", "NotReady").message())
                .contains("topic events.order.placed is refused: Not enough brokers");
        assertThat(world.orchestrator.requests()).isEmpty();
        assertThat(world.await("order", "DefinitionAccepted", "False", "WaitingForTopics")).isNotNull();
    }

    @Test
    void changesCredentialsOneParticipantAfterTheOther() {
        var standIns = ready("order");
        String orders = world.copyOf("orders");
        String payments = world.copyOf("payments");
        standIns.lame("orders");
        String now = Instant.now().toString();
        world.credentials("orders", "orders_b", now);
        world.credentials("payments", "payments_b", now);

        world.await("order", "SecretsReady", "False", "RotationHalted");
        assertThat(world.copyOf("orders")).isNotEqualTo(orders);
        assertThat(world.copyOf("payments")).as("waits").isEqualTo(payments);
        assertThat(world.object(Kind.SECRET, orders)).as("its old pods run with it").isNotNull();

        standIns.well("orders", world.namespace);
        MediaSagaStatus status = world.awaitStatus("order", "rotated", s -> s.participants().stream()
                .allMatch(p -> now.equals(p.secretRotatedAt())));
        assertThat(world.copyOf("payments")).isNotEqualTo(payments);
        assertThat(status.participants()).allMatch(p -> Double.parseDouble(p.secretRotationSeconds()) >= 0);
        world.until("old copies gone", () -> world.object(Kind.SECRET, orders) == null && world.object(Kind.SECRET, payments) == null);
        world.until("told", () -> world.events("order").stream().anyMatch(e -> e.contains("CredentialsRotated")));
        assertThat(world.registry.get("mediasaga.rotation").timers()).hasSize(2).allMatch(timer -> timer.count() == 1);
        assertThat(world.object(Kind.SECRET, world.copyOf("orders")).<Boolean>get("immutable")).isTrue();
    }

    @Test
    void isNotReadyForAChangeBeforeItsPodsAre() {
        var standIns = ready("order");
        standIns.lame("orders");
        List<String> told = new CopyOnWriteArrayList<>();
        try (var watch = world.statuses("order", status -> told.add(status.observedGeneration() + " "
                + status.conditions().stream().filter(c -> c.type().equals("Ready")).findFirst().orElseThrow().status()))) {
            assertThat(watch.isWatching()).isTrue();
            world.apply(Sagas.order("order").replace("orders:1", "orders:2"));
            world.await("order", "ParticipantsReady", "False", "RollingOut");
            standIns.well("orders", world.namespace);
            world.awaitReady("order");
            world.until("seen", () -> told.contains("2 True"));
        }
        assertThat(told.subList(0, told.indexOf("2 True"))).as("before it").contains("2 False");
    }

    @Test
    void aChangeOfMetadataRestartsNothing() {
        ready("order");
        int writes = world.quiet(audit);
        world.admin.secrets().inNamespace(world.namespace).withName("orders-credentials").patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":{\"x\":\"y\"},\"labels\":{\"z\":\"1\"}}}");
        String copy = world.copyOf("orders");
        world.credentials("orders", "orders_a", "2026-01-11T00:00:00Z");
        world.awaitStatus("order", "noted", s -> s.participants().stream()
                .anyMatch(p -> "2026-01-11T00:00:00Z".equals(p.secretRotatedAt())));
        assertThat(world.copyOf("orders")).isEqualTo(copy);
        assertThat(audit.writesSince(0, world.namespace).stream().skip(writes))
                .noneMatch(request -> request.resource().equals("deployments"));
    }

    @Test
    void suspensionReachesTheOrchestratorAndEndsAgain() {
        ready("order");
        String key = world.namespace + "/order";
        world.apply(Sagas.order("order").replace("deadline: 1h", "deadline: 1h\n  suspend: true"));
        world.until("suspended", () -> world.orchestrator.state(key).equals("SUSPENDED"));
        world.await("order", "Ready", "True", "Suspended");
        world.apply(Sagas.order("order"));
        world.until("active", () -> world.orchestrator.state(key).equals("ACTIVE"));
    }

    @Test
    void aRefusedDefinitionIsToldAndNothingBreaks() {
        world.orchestrator.refuse(world.namespace + "/order", "does without cars, which 3 running sagas need");
        world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        credentials();
        assertThat(world.await("order", "DefinitionAccepted", "False", "Refused").message()).contains("does without cars");
        world.await("order", "ParticipantsReady", "True", "Ready");
        world.await("order", "Stalled", "True", "Refused");
    }

    @Test
    void twoShareAParticipantTheOldestOwnsItAndPassesItOn() {
        ready("order");
        world.apply(Sagas.order("return", "orders", "refunds"));
        world.credentials("refunds", "refunds_a", THEN);
        world.awaitReady("return");
        String uid = world.object(Kind.DEPLOYMENT, "orders").getMetadata().getUid();
        assertThat(owner("orders")).isEqualTo("order");

        world.apply(Sagas.order("return", "orders", "refunds").replace("orders:1", "orders:2"));
        assertThat(world.await("return", "ParticipantsReady", "False", "Conflict").message())
                .contains("participant orders belongs to MediaSaga order", "orders:1 there and registry.example/orders:2 here");
        assertThat(image("orders")).isEqualTo("registry.example/orders:1");

        world.apply(Sagas.order("return", "orders", "refunds"));
        world.awaitReady("return");
        world.delete("order");
        world.until("gone", () -> world.get("order") == null);
        assertThat(owner("orders")).isEqualTo("return");
        assertThat(world.object(Kind.DEPLOYMENT, "orders").getMetadata().getUid()).as("not made anew").isEqualTo(uid);
        assertThat(world.object(Kind.DEPLOYMENT, "payments")).isNull();
        world.awaitReady("return");
    }

    @Test
    void deletionWaitsForRunningSagasButNotForEver() {
        world.set("orchestrator.counts", "1s");
        ready("order");
        String key = world.namespace + "/order";
        world.orchestrator.running(key, 3);
        world.delete("order");
        assertThat(world.await("order", "Ready", "False", "WaitingForSagas").message()).contains("3 sagas are not over");
        assertThat(world.orchestrator.state(key)).isEqualTo("DELETED");
        assertThat(world.object(Kind.DEPLOYMENT, "orders")).isNotNull();
        world.admin.resources(io.mediasaga.crd.v1alpha1.MediaSaga.class).inNamespace(world.namespace).withName("order")
                .patch(PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"mediasaga.io/deletion-deadline\":\"1s\"}}}");
        world.until("gone", () -> world.get("order") == null);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.KAFKA_TOPIC && kind != Kind.SECRET) {
                assertThat(world.objects(kind).stream().filter(o -> managed(o))).as(kind.kind()).isEmpty();
            }
        }
        assertThat(world.objects(Kind.KAFKA_TOPIC)).as("kept").isNotEmpty();
    }

    @Test
    void removesTopicsWhenToldSo() {
        world.standIns();
        world.operator();
        world.apply(Sagas.order("order").replace("replicas: 3}", "replicas: 3, onDelete: Delete}"));
        credentials();
        world.awaitReady("order");
        world.delete("order");
        world.until("gone", () -> world.get("order") == null);
        assertThat(world.objects(Kind.KAFKA_TOPIC)).isEmpty();
    }

    @Test
    void removesWhatIsNoLongerWanted() {
        ready("order");
        world.apply(Sagas.order("order").replace("replicas: {min: 2, max: 4}", "replicas: {min: 2, max: 2}"));
        world.until("no autoscaler", () -> world.object(Kind.AUTOSCALER, "orders") == null);
        world.until("fixed", () -> Integer.valueOf(2).equals(world.object(Kind.DEPLOYMENT, "orders").get("spec", "replicas")));
    }

    @Test
    void partitionsDoNotGrowWhileSagasRun() {
        world.set("orchestrator.counts", "1s");
        ready("order");
        world.orchestrator.running(world.namespace + "/order", 1);
        world.awaitStatus("order", "counted", s -> s.sagas() != null && Long.valueOf(1).equals(s.sagas().running()));
        world.apply(Sagas.order("order").replace("partitions: 6", "partitions: 8"));
        world.await("order", "TopicsReady", "False", "WaitingForSagas");
        assertThat(partitions()).isEqualTo(6);
        world.orchestrator.running(world.namespace + "/order", 0);
        world.until("grown", () -> partitions() == 8);
        world.awaitReady("order");
    }

    @Test
    void takesNothingThatSomebodyElseHasMade() {
        world.admin.serviceAccounts().inNamespace(world.namespace)
                .resource(new io.fabric8.kubernetes.api.model.ServiceAccountBuilder()
                        .withNewMetadata().withName("orders").addToLabels("mine", "1").endMetadata().build())
                .create();
        world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        credentials();
        assertThat(world.await("order", "ParticipantsReady", "False", "Refused").message())
                .contains("ServiceAccount orders is already there and not the operator's");
        assertThat(world.object(Kind.SERVICE_ACCOUNT, "orders").getMetadata().getLabels()).containsOnlyKeys("mine");
        assertThat(world.object(Kind.SERVICE, "orders")).as("the rest goes on").isNotNull();
    }

    @Test
    void anotherOperatorTakesOverWhereTheFirstWasStopped() {
        world.standIns();
        world.set("leader-election.enabled", true).set("leader-election.namespace", "mediasaga-system")
                .set("leader-election.lease", world.namespace);
        var first = world.operator();
        world.apply(Sagas.order("order"));
        world.until("begun", () -> world.object(Kind.SERVICE, "orders") != null);
        first.stop();
        credentials();
        world.operator();
        world.awaitReady("order");
        assertThat(audit.since(0)).noneMatch(request -> request.code() == 403);
    }

    private io.mediasaga.operator.cluster.StandIns ready(String name) {
        var standIns = world.standIns();
        world.operator();
        world.apply(Sagas.order(name));
        credentials();
        world.awaitReady(name);
        return standIns;
    }

    private void credentials() {
        world.credentials("orders", "orders_a", THEN);
        world.credentials("payments", "payments_a", THEN);
    }

    private String image(String deployment) {
        return world.admin.apps().deployments().inNamespace(world.namespace).withName(deployment).get()
                .getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }

    private String owner(String deployment) {
        return world.object(Kind.DEPLOYMENT, deployment).getMetadata().getOwnerReferences().getFirst().getName();
    }

    private int partitions() {
        return world.object(Kind.KAFKA_TOPIC, "events.order.placed").get("spec", "partitions");
    }

    private static boolean managed(GenericKubernetesResource object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && Names.MANAGER.equals(labels.get(Names.MANAGED_BY));
    }
}

package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.cluster.StandIns;
import io.mediasaga.operator.cluster.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where credentials come from, and what is said when they do not, on a real API server. */
@ExtendWith(Cluster.class)
class CredentialsTest {

    private static final String THEN = "2026-01-10T12:00:00Z";
    private static final String KEY = "MEDIASAGA_STORAGE_S3_ACCESSKEY";

    private World world;

    @BeforeEach
    void open(Cluster.Shared cluster) {
        world = new World(cluster.server(), cluster.admin());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void saysWhyTheyCannotBeFetchedAnewWhileAllGoesOn() {
        ready();
        world.warnedOf("orders", "error processing spec.dataFrom[0].extract, err: Code: 503. Errors:\n\n* Vault is sealed");
        world.fetched("orders", false, Instant.now());
        assertThat(world.await("order", "Ready", "True", "RefreshFailing").message())
                .contains("orders from ClusterSecretStore vault at shop/orders: error processing", "Errors: * Vault is sealed");
        assertThat(world.events("order")).anyMatch(e -> e.startsWith("Warning RefreshFailing") && e.contains("Vault is sealed"));
        world.fetched("orders", true, Instant.now());
        world.await("order", "Ready", "True", "Ready");
    }

    @Test
    void saysWhereToLookWhenNoEventTellsWhy() {
        world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        world.credentials("payments", "payments_a", THEN);
        world.until("asked for", () -> world.object(Kind.EXTERNAL_SECRET, "orders-credentials") != null);
        world.fetched("orders", false, Instant.now());
        world.awaitStatus("order", "told", status -> status.conditions().stream().anyMatch(c -> c.message().contains(
                "orders has no Secret orders-credentials yet; it cannot be fetched from ClusterSecretStore vault at shop/orders: could not "
                        + "get secret data from provider; kubectl -n " + world.namespace + " describe externalsecret orders-credentials")));
        world.credentials("orders", "orders_a", THEN);
        world.fetched("orders", true, Instant.now());
        world.awaitReady("order");
    }

    @Test
    void noticesThatExternalSecretsAreSilent() {
        ready();
        Instant last = Instant.now().minus(Duration.ofMinutes(10));
        world.fetched("payments", true, last);
        assertThat(world.await("order", "SecretsReady", "True", "RefreshFailing").message())
                .contains("payments from ClusterSecretStore vault at shop/payments: External Secrets are to ask every 60 s, and last did at "
                        + last.toString().substring(0, 19) + "Z; look whether they run");
        world.fetched("payments", true, Instant.now());
        world.await("order", "SecretsReady", "True", "Ready");
    }

    @Test
    void whoWaitsForItsTurnKeepsAllThatItRunsWith() {
        world.credentials("payments", "payments_a", THEN, Map.of("PAYMENTS_PARTNER", "one"));
        StandIns standIns = ready();
        List<EnvVar> before = world.variables("payments");
        assertThat(before).anyMatch(variable -> variable.getName().equals("PAYMENTS_PARTNER"));
        standIns.lame("orders");
        world.credentials("orders", "orders_b", Instant.now().toString());
        world.credentials("payments", "payments_b", Instant.now().toString(), Map.of("PAYMENTS_PARTNER", "two"));
        world.await("order", "SecretsReady", "False", "RotationHalted");
        assertThat(world.variables("payments")).isEqualTo(before);
        standIns.well("orders", world.namespace);
        world.awaitReady("order");
        assertThat(world.variables("payments")).hasSameSizeAs(before).isNotEqualTo(before);
    }

    @Test
    void theKeysOfTheMediaStoreAreAwaitedAndRenewedLikeOtherCredentials() {
        world.set("storage.type", "s3").set("storage.participants[0]", "orders").set("storage.participants[1]", "payments")
                .set("storage.s3.bucket", "media").set("storage.s3.secret", "media-keys");
        StandIns standIns = world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        world.credentials("orders", "orders_a", THEN);
        world.credentials("payments", "payments_a", THEN);
        assertThat(world.await("order", "SecretsReady", "False", "SecretMissing").message())
                .contains("orders needs the Secret media-keys with access_key and secret_key, the keys of the bucket media");
        assertThat(world.object(Kind.DEPLOYMENT, "orders")).isNull();

        keys("one");
        world.awaitReady("order");
        String orders = world.copyOf("orders");
        String payments = world.copyOf("payments");
        assertThat(from("orders")).isEqualTo(orders);

        standIns.lame("orders");
        keys("two");
        world.await("order", "SecretsReady", "False", "RotationHalted");
        assertThat(world.copyOf("orders")).isNotEqualTo(orders);
        assertThat(world.copyOf("payments")).as("waits").isEqualTo(payments);
        assertThat(from("payments")).isEqualTo(payments);
        standIns.well("orders", world.namespace);
        world.until("moved", () -> !world.copyOf("payments").equals(payments));
        world.awaitReady("order");

        world.admin.secrets().inNamespace(world.namespace).withName("media-keys").delete();
        world.await("order", "SecretsReady", "False", "SecretMissing");
        assertThat(from("orders")).as("goes on").isEqualTo(world.copyOf("orders")).isNotEqualTo(orders);
    }

    private StandIns ready() {
        StandIns standIns = world.standIns();
        world.operator();
        world.apply(Sagas.order("order"));
        world.credentials("orders", "orders_a", THEN);
        if (world.object(Kind.SECRET, "payments-credentials") == null) {
            world.credentials("payments", "payments_a", THEN);
        }
        world.awaitReady("order");
        return standIns;
    }

    /** As anybody would make it, without a label of ours. */
    private void keys(String which) {
        world.admin.secrets().inNamespace(world.namespace).resource(new SecretBuilder()
                        .withNewMetadata().withName("media-keys").endMetadata()
                        .addToStringData("access_key", "access-" + which)
                        .addToStringData("secret_key", "secret-" + which)
                        .build())
                .createOr(existing -> existing.update());
    }

    /** The Secret that a participant's access key is taken from. */
    private String from(String participant) {
        return world.variables(participant).stream()
                .filter(variable -> variable.getName().equals(KEY))
                .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
                .findFirst()
                .orElse("none");
    }
}

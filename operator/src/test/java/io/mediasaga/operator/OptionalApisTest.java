package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.ApiServer;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.Crds;
import io.mediasaga.operator.cluster.Rights;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.cluster.World;
import org.junit.jupiter.api.Test;

/** A cluster without Strimzi, External Secrets and Prometheus: it is said, the rest goes on, and what comes is picked up. */
class OptionalApisTest {

    @Test
    void saysWhatIsMissingGoesOnAndPicksUpWhatComes() {
        try (ApiServer server = ApiServer.start();
                var admin = server.admin()) {
            Crds.mediaSaga(admin);
            Cluster.namespace(admin, Rights.HOME);
            Rights.grant(admin);
            try (World world = new World(server, admin)) {
                world.standIns(Kind.DEPLOYMENT);
                world.operator();
                world.apply(Sagas.order("order"));
                assertThat(world.await("order", "TopicsReady", "False", "StrimziMissing").message())
                        .contains("kafka.strimzi.io/v1", "install Strimzi, or set spec.kafka.management to Direct");
                assertThat(world.await("order", "SecretsReady", "False", "SecretMissing").message())
                        .contains("External Secrets are not installed");
                assertThat(world.object(Kind.SERVICE, "orders")).isNotNull();
                world.credentials("orders", "orders_a", "2026-01-10T12:00:00Z");
                world.credentials("payments", "payments_a", "2026-01-10T12:00:00Z");
                world.await("order", "ParticipantsReady", "True", "Ready");

                Crds.strimzi(admin);
                Crds.externalSecrets(admin);
                world.standIns(Kind.KAFKA_TOPIC, Kind.KAFKA_USER);
                world.awaitReady("order");
                world.until("External Secrets", () -> world.objects(Kind.EXTERNAL_SECRET).size() == 2);
                assertThat(world.objects(Kind.KAFKA_USER)).hasSize(3);
            }
        }
    }
}

package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.standalone.platform.Inside;
import io.mediasaga.standalone.platform.PlatformOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus raises the chart's alerts when things really go wrong on a real platform, and lets go of them when they are mended.
 * Takes some minutes, so only where it is asked for: {@code MEDIASAGA_PROMETHEUS=required}.
 */
@Timeout(1500)
@EnabledIfEnvironmentVariable(named = "MEDIASAGA_PROMETHEUS", matches = "required")
class AlertsFireTest {

    private static final Path RULES = Path.of("../../k8s/platform/monitoring/alerts.yaml");
    private static final List<String> PATHS = List.of("", "/api/assets", "/api/quotas", "/uploads", "/api/processing", "/media");
    private static final byte[] FILE = "something to publish as it is".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");

    @TempDir
    Path folder;

    @Test
    void alertsFireWhenThingsGoWrongAndEndWhenTheyAreMended() throws Exception {
        Path program = Prometheus.program().orElseThrow();
        var settings = Map.of("mediasaga.messaging.retry.backoff", "50ms", "spring.datasource.hikari.connection-timeout", "1000");
        try (Stage stage = Stage.open(PlatformOptions.in(folder.resolve("data")).withChaos(0.2), settings);
                Prometheus prometheus = Prometheus.start(
                        program, folder.resolve("prometheus"), URI.create(stage.platform().address()), PATHS, RULES)) {
            // What happened before Prometheus looked for the first time is no increase to it: so more is done until it sees some.
            await().alias("MediaSagaSimulatedFailures").atMost(Duration.ofMinutes(6)).ignoreExceptions().until(() -> {
                stage.publish(Place.SHIPPED, FILE, AS_IT_IS);
                return prometheus.firing().contains("MediaSagaSimulatedFailures");
            });
            assertThat(prometheus.firing()).doesNotContain("MediaSagaHeld", "MediaSagaDeadLetters", "MediaSagaOrchestratorDown");

            stage.execute("ALTER TABLE media.asset ADD CONSTRAINT nothing_may_be_published CHECK (status <> 'PUBLISHED') NOT VALID");
            Place.Begun held = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            assertThat(stage.upload(held, FILE).status()).isEqualTo(204);
            stage.awaitState(held, "HELD");
            fires(prometheus, "MediaSagaDeadLetters");
            fires(prometheus, "MediaSagaHeld");
            stage.execute("ALTER TABLE media.asset DROP CONSTRAINT nothing_may_be_published");
            stage.calls().post("/api/sagas/" + held.sagaId() + "/retry", Map.of("reason", "mended"));
            ends(prometheus, "MediaSagaHeld");

            Inside.kafka(stage.platform()).stop();
            Place.Begun waiting = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            fires(prometheus, "MediaSagaMessagesUnsent");
            Inside.kafka(stage.platform()).restart();
            ends(prometheus, "MediaSagaMessagesUnsent");
            await().alias("upload prepared").atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() ->
                    stage.saga(waiting).path("current").path("step").asString("").equals("WaitFileUploaded"));
            assertThat(stage.upload(waiting, FILE).status()).isEqualTo(204);

            stage.platform().postgres().kill();
            fires(prometheus, "MediaSagaDatabaseAway");
            stage.platform().postgres().restart();
            ends(prometheus, "MediaSagaDatabaseAway");
            fires(prometheus, "MediaSagaOperatorDown"); // there is none here
            await().alias("saga completed").atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() ->
                    stage.saga(waiting).path("state").asString("").equals("COMPLETED"));
        }
    }

    private static void fires(Prometheus prometheus, String alert) {
        await().alias(alert).atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofSeconds(2)).ignoreExceptions()
                .until(() -> prometheus.firing().contains(alert));
    }

    private static void ends(Prometheus prometheus, String alert) {
        await().alias(alert + " ends").atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofSeconds(2)).ignoreExceptions()
                .until(() -> !prometheus.firing().contains(alert));
    }
}

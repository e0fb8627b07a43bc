package io.mediasaga.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.KafkaOptions;
import io.mediasaga.operator.TestSettings;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.kafka.DirectTopics;
import io.mediasaga.operator.model.Observed;
import io.mediasaga.operator.model.Planner;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.status.Findings.TopicFindings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics of the operator's own making, on a real broker that goes away. */
class TopicCareTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-10T12:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void aBrokerThatHasAnsweredMayBeSilentForAWhile() {
        EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder));
        try (var impatient = new DirectTopics(Map.of("request.timeout.ms", "3000", "default.api.timeout.ms", "6000"))) {
            var care = new TopicCare(impatient, new Caches(object -> Set.of(), object -> Set.of(), ""), new Ticking());
            String servers = kafka.bootstrapServers();
            for (String what : List.of("created", "there")) {
                await(what).until(() -> { // however long a busy broker takes
                    pass(Duration.ofSeconds(6));
                    return findings(care, servers).allReady();
                });
            }

            kafka.close();
            pass(Duration.ofSeconds(61));
            assertThat(findings(care, servers).allReady()).as("silent for once").isTrue();
            pass(Duration.ofSeconds(30));
            assertThat(findings(care, servers).allReady()).isTrue();
            pass(Duration.ofSeconds(30));
            TopicFindings late = findings(care, servers);
            assertThat(late.allReady()).isFalse();
            assertThat(late.obstacle().orElseThrow().message())
                    .isEqualTo("Kafka does not answer at " + servers + " (no answer in time); see spec.kafka.bootstrapServers");
        } finally {
            kafka.close();
        }
    }

    private static TopicFindings findings(TopicCare care, String servers) {
        Saga saga = Saga.of(resource(servers));
        var observed = new Observed(Set.of(), Map.of(), Map.of(), Map.of(), Map.of(), OptionalLong.of(0));
        return care.findings(saga, new Planner(TestSettings.of(Map.of())).plan(saga, List.of(), observed));
    }

    private static MediaSaga resource(String servers) {
        String yaml = Sagas.order("order").replace("kafka: {partitions: 6, replicas: 3}",
                "kafka: {management: Direct, bootstrapServers: \"" + servers + "\", partitions: 4, replicas: 1}");
        MediaSaga saga = new KubernetesSerialization().unmarshal(yaml, MediaSaga.class);
        saga.getMetadata().setNamespace("shop");
        saga.getMetadata().setUid("u");
        saga.getMetadata().setGeneration(1L);
        return saga;
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** Goes on only when told so. */
    private final class Ticking extends Clock {

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

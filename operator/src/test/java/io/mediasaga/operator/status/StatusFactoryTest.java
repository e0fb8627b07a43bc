package io.mediasaga.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mediasaga.crd.v1alpha1.Condition;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.operator.TestSettings;
import io.mediasaga.operator.apply.Applied;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.Observed;
import io.mediasaga.operator.model.Planner;
import io.mediasaga.operator.model.Rollout;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.orchestrator.Counts;
import io.mediasaga.operator.orchestrator.Outcome;
import io.mediasaga.operator.status.Findings.TopicFindings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {

    private static final Instant NOON = Instant.parse("2026-01-10T12:00:00Z");
    private static final TopicFindings TOPICS = new TopicFindings(3, 3, Map.of(), Optional.empty());

    private final MediaSaga resource = resource();
    private Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void equalFindingsGiveAnEqualStatusAtAnyTime() {
        resource.setStatus(status(rollout(true, List.of()), TOPICS, 2));
        clock = Clock.offset(clock, Duration.ofHours(1));
        assertThat(status(rollout(true, List.of()), TOPICS, 2)).isEqualTo(resource.getStatus());
    }

    @Test
    void aTransitionKeepsItsTimeAndAChangeOfCountsHasItsOwn() {
        resource.setStatus(status(rollout(true, List.of()), TOPICS, 2));
        clock = Clock.offset(clock, Duration.ofHours(1));
        MediaSagaStatus later = status(rollout(false, List.of()), TOPICS, 3);
        assertThat(condition(later, "Ready").lastTransitionTime()).isEqualTo("2026-01-10T13:00:00Z");
        assertThat(condition(later, "TopicsReady").lastTransitionTime()).isEqualTo("2026-01-10T12:00:00Z");
        assertThat(later.sagas().countedAt()).isEqualTo("2026-01-10T13:00:00Z");
        assertThat(later.sagas().failed()).isEqualTo(1);
    }

    @Test
    void whatComesByItselfIsReconcilingWhatDoesNotIsStalled() {
        MediaSagaStatus pending = status(rollout(false, List.of()), TOPICS, 0);
        assertThat(condition(pending, "Reconciling").status()).isEqualTo("True");
        assertThat(condition(pending, "Stalled").status()).isEqualTo("False");
        MediaSagaStatus stalled = status(rollout(false, List.of("its image x cannot be pulled")), TOPICS, 0);
        assertThat(condition(stalled, "Stalled").status()).isEqualTo("True");
        assertThat(condition(stalled, "Ready").message()).contains("payments: its image x cannot be pulled");
        assertThat(condition(stalled, "Ready").reason()).isEqualTo("NotReady");
    }

    @Test
    void podsThatOnlyAnAutoscalerAsksForMayBeMissing() {
        List<String> trouble = List.of("no node takes its pods: 1 Insufficient cpu");
        MediaSagaStatus scaling = status(new Rollout(credentials().hash(), 3, 2, false, true, false, 0, trouble), TOPICS, 0);
        assertThat(condition(scaling, "Ready").status()).isEqualTo("True");
        assertThat(condition(scaling, "Stalled").status()).isEqualTo("False");
        assertThat(condition(scaling, "ParticipantsReady").message()).contains("the autoscaler of payments", "Insufficient cpu");
        MediaSagaStatus changing = status(new Rollout(credentials().hash(), 3, 2, false, false, false, 0, trouble), TOPICS, 0);
        assertThat(condition(changing, "Ready").status()).as("old pods are left").isEqualTo("False");
        MediaSagaStatus few = status(new Rollout(credentials().hash(), 3, 0, false, true, false, 0, trouble), TOPICS, 0);
        assertThat(condition(few, "Ready").status()).as("fewer than the spec asks for").isEqualTo("False");
    }

    @Test
    void aRotationIsOverWhenNoOldPodIsLeft() {
        MediaSagaStatus before = status(rollout(true, List.of()), TOPICS, 0);
        assertThat(before.participants()).allMatch(p -> p.secretRotatedAt().equals("2026-01-10T11:59:50Z"));
        assertThat(before.participants()).as("nothing before it").allMatch(p -> p.secretRotationSeconds() == null);
        resource.setStatus(before);
        rotatedAt = "2026-01-10T11:59:55Z";
        Rollout leaving = new Rollout(credentials().hash(), 1, 1, true, true, false, 1, List.of());
        assertThat(status(leaving, TOPICS, 0).participants()).allMatch(p -> p.secretRotatedAt().equals("2026-01-10T11:59:50Z"));
        assertThat(status(rollout(true, List.of()), TOPICS, 0).participants())
                .allMatch(p -> p.secretRotatedAt().equals("2026-01-10T11:59:55Z") && p.secretRotationSeconds().equals("5.0"));
    }

    private String rotatedAt = "2026-01-10T11:59:50Z";

    private Credentials credentials() {
        return Credentials.of(Map.of(
                "password", "cA==",
                "rotated_at", java.util.Base64.getEncoder().encodeToString(rotatedAt.getBytes())));
    }

    private Rollout rollout(boolean complete, List<String> troubles) {
        return new Rollout(credentials().hash(), 1, complete ? 1 : 0, complete, complete, false, 0, troubles);
    }

    private MediaSagaStatus status(Rollout rollout, TopicFindings topics, long running) {
        Observed observed = new Observed(
                Set.of(Api.STRIMZI), Map.of("orders", credentials(), "payments", credentials()),
                Map.of("orders", new Rollout(rollout.credentials(), 1, 1, true, true, false, rollout.oldPods(), List.of()), "payments", rollout),
                Map.of(), Map.of(), OptionalLong.of(running));
        var plan = new Planner(TestSettings.of(Map.of())).plan(Saga.of(resource), List.of(), observed);
        return new StatusFactory(clock).of(resource, new Findings(
                plan, new Applied(0, List.of(), List.of()), topics, Map.of(), Map.of(),
                Optional.of(new Outcome.Accepted(1, "h", "t")), Optional.of(new Counts(running, 0, 1, 0))));
    }

    private static Condition condition(MediaSagaStatus status, String type) {
        return status.conditions().stream().filter(c -> c.type().equals(type)).findFirst().orElseThrow();
    }

    private static MediaSaga resource() {
        MediaSaga saga = new KubernetesSerialization().unmarshal(Sagas.order("order"), MediaSaga.class);
        saga.getMetadata().setNamespace("shop");
        saga.getMetadata().setUid("u");
        saga.getMetadata().setGeneration(1L);
        return saga;
    }
}

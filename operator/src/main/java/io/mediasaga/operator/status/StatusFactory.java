package io.mediasaga.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.mediasaga.crd.v1alpha1.Condition;
import io.mediasaga.crd.v1alpha1.DefinitionStatus;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.crd.v1alpha1.ParticipantStatus;
import io.mediasaga.crd.v1alpha1.SagaCounts;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Rollout;
import io.mediasaga.operator.orchestrator.Counts;
import io.mediasaga.operator.orchestrator.Outcome;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the status: equal findings give an equal status, whatever the time is. Thread-safe. */
public final class StatusFactory {

    private static final MediaSagaStatus NONE = new MediaSagaStatus(null, List.of(), null, null, null, List.of());
    private static final int LONGEST_MESSAGE = 4000;

    private final Clock clock;

    public StatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** The status of a MediaSaga whose spec is valid. */
    public MediaSagaStatus of(MediaSaga resource, Findings findings) {
        MediaSagaStatus before = before(resource);
        Aspect topics = Aspects.topics(findings);
        Aspect secrets = SecretsAspect.of(findings);
        Aspect participants = Aspects.participants(findings);
        Aspect definition = Aspects.definition(findings);
        List<Condition> conditions = new ArrayList<>(overall(
                resource, before, List.of(topics, secrets, participants, definition),
                findings.plan().topology().suspended()));
        conditions.add(condition(resource, before, "TopicsReady", topics));
        conditions.add(condition(resource, before, "SecretsReady", secrets));
        conditions.add(condition(resource, before, "ParticipantsReady", participants));
        conditions.add(condition(resource, before, "DefinitionAccepted", definition));
        return new MediaSagaStatus(
                resource.getMetadata().getGeneration(),
                conditions,
                definition(before, findings.outcome()),
                counts(before, findings.counts()),
                findings.topics().ready(),
                findings.plan().participants().stream()
                        .map(participant -> participant(before, participant, findings))
                        .toList());
    }

    /** The status of one that cannot be worked with; what was made for an earlier spec stays. */
    public MediaSagaStatus invalid(MediaSaga resource, String message) {
        MediaSagaStatus before = before(resource);
        Aspect wrong = Aspect.bad("InvalidDefinition", message);
        return new MediaSagaStatus(
                resource.getMetadata().getGeneration(),
                overall(resource, before, List.of(wrong), false),
                before.definition(), before.sagas(), before.topics(), before.participants());
    }

    /** The status of one that is being deleted. */
    public MediaSagaStatus deleting(MediaSaga resource, String reason, String message) {
        MediaSagaStatus before = before(resource);
        return new MediaSagaStatus(
                resource.getMetadata().getGeneration(),
                overall(resource, before, List.of(Aspect.pending(reason, message)), false),
                before.definition(), before.sagas(), before.topics(), before.participants());
    }

    /** The status and the name of its resource, as server-side apply wants it: nothing else is claimed. */
    public static MediaSaga patch(MediaSaga resource, MediaSagaStatus status) {
        MediaSaga patch = new MediaSaga();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }

    /** What it says so far; nothing when it is new. */
    public static MediaSagaStatus before(MediaSaga resource) {
        return Objects.requireNonNullElse(resource.getStatus(), NONE);
    }

    /** Ready, Reconciling and Stalled as kstatus reads them. */
    private List<Condition> overall(MediaSaga resource, MediaSagaStatus before, List<Aspect> aspects, boolean suspended) {
        Optional<Aspect> bad = first(aspects, Aspect.Verdict.BAD);
        Optional<Aspect> pending = first(aspects, Aspect.Verdict.PENDING);
        Aspect ready = bad.or(() -> pending)
                .or(() -> first(aspects, Aspect.Verdict.WORRYING))
                .orElseGet(() -> suspended
                        ? Aspect.good("Suspended", "Everything is ready; no new sagas are started")
                        : Aspect.good("Ready", "Everything is ready"));
        return List.of(
                condition(resource, before, "Ready", ready.holds(), ready),
                condition(
                        resource, before, "Reconciling", pending.isPresent(),
                        pending.orElse(Aspect.good("Done", "Nothing is left to do"))),
                condition(
                        resource, before, "Stalled", bad.isPresent(),
                        bad.orElse(Aspect.good("Fine", "Nothing is in the way"))));
    }

    private static Optional<Aspect> first(List<Aspect> aspects, Aspect.Verdict verdict) {
        return aspects.stream().filter(aspect -> aspect.verdict() == verdict).findFirst();
    }

    private Condition condition(MediaSaga resource, MediaSagaStatus before, String type, Aspect aspect) {
        return condition(resource, before, type, aspect.holds(), aspect);
    }

    private Condition condition(
            MediaSaga resource, MediaSagaStatus before, String type, boolean holds, Aspect aspect) {
        String status = holds ? "True" : "False";
        String since = before.conditions().stream()
                .filter(condition -> condition.type().equals(type) && condition.status().equals(status))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElseGet(this::now);
        String message = aspect.message().length() <= LONGEST_MESSAGE
                ? aspect.message()
                : aspect.message().substring(0, LONGEST_MESSAGE - 1) + "…";
        return new Condition(type, status, resource.getMetadata().getGeneration(), since, aspect.reason(), message);
    }

    private static @Nullable DefinitionStatus definition(MediaSagaStatus before, Optional<Outcome> outcome) {
        return outcome.orElse(null) instanceof Outcome.Accepted accepted
                ? new DefinitionStatus(accepted.version(), accepted.hash(), accepted.acceptedAt())
                : before.definition();
    }

    private @Nullable SagaCounts counts(MediaSagaStatus before, Optional<Counts> counts) {
        if (counts.isEmpty()) {
            return before.sagas();
        }
        Counts now = counts.get();
        long failed = now.held() + now.compensated();
        SagaCounts old = before.sagas();
        String since = old == null ? null : old.countedAt();
        SagaCounts same = new SagaCounts(now.running(), now.compensating(), now.held(), failed, since);
        return same.equals(old) ? old : new SagaCounts(now.running(), now.compensating(), now.held(), failed, now());
    }

    private ParticipantStatus participant(MediaSagaStatus before, ParticipantPlan participant, Findings findings) {
        Rollout rollout = findings.plan().observed().rollouts().get(participant.name());
        ParticipantStatus old = before.participants().stream()
                .filter(candidate -> candidate.name().equals(participant.name()))
                .findFirst()
                .orElse(new ParticipantStatus(participant.name(), null, null, null, null, null, null));
        if (rollout == null) {
            return new ParticipantStatus(participant.name(), 0, 0, participant.image(), null, null, null);
        }
        String rotatedAt = old.secretRotatedAt();
        String seconds = old.secretRotationSeconds();
        Credentials credentials = findings.plan().observed().credentials().get(participant.name());
        boolean arrived = credentials != null && credentials.hash().equals(rollout.credentials()) && rollout.over();
        if (arrived) {
            String made = credentials.rotatedAt().orElse(null);
            if (!Objects.equals(made, rotatedAt)) {
                seconds = made == null || rotatedAt == null ? null : secondsSince(made);
                rotatedAt = made;
            }
        }
        return new ParticipantStatus(
                participant.name(), rollout.ready(), rollout.desired(), participant.image(), rollout.credentials(), rotatedAt,
                seconds);
    }

    private @Nullable String secondsSince(String made) {
        try {
            Duration duration = Duration.between(Instant.parse(made), clock.instant());
            return String.format(Locale.ROOT, "%.1f", Math.max(0, duration.toMillis()) / 1000.0);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

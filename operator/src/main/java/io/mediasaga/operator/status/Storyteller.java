package io.mediasaga.operator.status;

import io.mediasaga.crd.v1alpha1.Condition;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.crd.v1alpha1.ParticipantStatus;
import io.mediasaga.operator.apply.Applied;
import io.mediasaga.operator.apply.KubeEvents;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** Tells by events and metrics what has changed, and nothing when nothing has. */
public final class Storyteller {

    /** Those that the others sum up to. */
    private static final Set<String> SUMMARIES = Set.of("Reconciling", "Stalled");

    private static final long MILLIS = 1000;

    private final KubeEvents events;
    private final MeterRegistry registry;

    public Storyteller(KubeEvents events, MeterRegistry registry) {
        this.events = events;
        this.registry = registry;
    }

    /** What others had changed. */
    public void drifts(MediaSaga resource, Applied applied) {
        for (Applied.Drift drift : applied.drifts()) {
            events.warning(
                    resource, "DriftCorrected",
                    drift.kind().kind() + " " + drift.name() + ": " + drift.field() + " was changed by " + drift.manager()
                            + " and is put right; change the MediaSaga instead");
            registry.counter("mediasaga.drift.corrected", "kind", drift.kind().kind()).increment();
        }
    }

    /** The way from one status to the next. */
    public void changes(MediaSaga resource, MediaSagaStatus before, MediaSagaStatus after) {
        for (Condition condition : after.conditions()) {
            Condition old = before.conditions().stream()
                    .filter(candidate -> candidate.type().equals(condition.type()))
                    .findFirst()
                    .orElse(null);
            boolean same = old != null
                    && old.status().equals(condition.status())
                    && old.reason().equals(condition.reason())
                    // What is wrong is told anew when it is something else.
                    && (condition.status().equals("True") || !stalled(after) || old.message().equals(condition.message()));
            if (!same && !SUMMARIES.contains(condition.type())) {
                tell(resource, condition, stalled(after));
            }
        }
        for (ParticipantStatus participant : after.participants()) {
            rotation(resource, before, participant);
        }
    }

    private void tell(MediaSaga resource, Condition condition, boolean stalled) {
        String note = condition.type() + ": " + condition.message();
        boolean worrying = condition.reason().equals(SecretsAspect.REFRESH_FAILING);
        if (!worrying && (condition.status().equals("True") || !stalled)) {
            events.normal(resource, condition.reason(), note);
        } else {
            events.warning(resource, condition.reason(), note);
        }
    }

    private static boolean stalled(MediaSagaStatus status) {
        return status.conditions().stream()
                .anyMatch(condition -> condition.type().equals("Stalled") && condition.status().equals("True"));
    }

    private void rotation(MediaSaga resource, MediaSagaStatus before, ParticipantStatus participant) {
        String seconds = participant.secretRotationSeconds();
        boolean told = before.participants().stream()
                .anyMatch(old -> old.name().equals(participant.name())
                        && Objects.equals(old.secretRotatedAt(), participant.secretRotatedAt()));
        if (seconds != null && !told) {
            events.normal(
                    resource, "CredentialsRotated",
                    "All pods of " + participant.name() + " run with the credentials of " + participant.secretRotatedAt() + ", "
                            + seconds + " s after these were made; older ones may be disabled");
            registry.timer("mediasaga.rotation", "participant", participant.name())
                    .record(Duration.ofMillis((long) (Double.parseDouble(seconds) * MILLIS)));
        }
    }
}

package io.mediasaga.operator.orchestrator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mediasaga.crd.definition.CanonicalDefinition;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.settings.OperatorSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees that the orchestrator has every definition: at once when it is new or changed, every few minutes in any case, and
 * again after a pause when it could not be had. Remembers what it said last. Thread-safe.
 */
public final class Handover {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final OrchestratorClient client;
    private final OperatorSettings.Orchestrator settings;
    private final KubernetesSerialization serialization;
    private final Clock clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Counted> counts = new ConcurrentHashMap<>();

    public Handover(
            OrchestratorClient client,
            OperatorSettings.Orchestrator settings,
            KubernetesSerialization serialization,
            Clock clock) {
        this.client = client;
        this.settings = settings;
        this.serialization = serialization;
        this.clock = clock;
    }

    private record Entry(String hash, boolean suspended, Outcome outcome, Instant next, Duration pause) {}

    private record Counted(@Nullable Counts counts, Instant next) {}

    /**
     * Hands a definition over where it is due, and tells what came of it the last time.
     *
     * @param resource as it is in the cluster
     * @param saga the same, resolved
     */
    public Outcome ensure(MediaSaga resource, Saga saga) {
        String key = saga.id().uid();
        String hash = CanonicalDefinition.of(saga.definition()).hash();
        boolean suspended = saga.topology().suspended();
        Entry before = entries.get(key);
        Instant now = clock.instant();
        if (before != null && before.hash().equals(hash) && before.suspended() == suspended && now.isBefore(before.next())) {
            return before.outcome();
        }
        Outcome outcome = handOver(resource, saga, suspended);
        Duration pause = outcome instanceof Outcome.Unknown
                ? (before == null ? FIRST_PAUSE : shorter(before.pause().multipliedBy(2), LONGEST_PAUSE))
                : FIRST_PAUSE;
        Duration wait = outcome instanceof Outcome.Unknown ? pause : settings.interval();
        entries.put(key, new Entry(hash, suspended, outcome, now.plus(wait), pause));
        return outcome;
    }

    private Outcome handOver(MediaSaga resource, Saga saga, boolean suspended) {
        String namespace = saga.id().namespace();
        String name = saga.id().name();
        try {
            var answer = client.put(namespace, name, body(resource));
            if (answer.definition().isEmpty()) {
                return new Outcome.Refused(answer.refusal());
            }
            var definition = answer.definition().get();
            if (suspended && definition.state().equals("ACTIVE")) {
                definition = client.change(namespace, name, "suspend");
            } else if (!suspended && definition.state().equals("SUSPENDED")) {
                definition = client.change(namespace, name, "resume");
            }
            return new Outcome.Accepted(definition.version(), definition.hash(), definition.acceptedAt());
        } catch (OrchestratorException e) {
            return new Outcome.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private String body(MediaSaga resource) {
        MediaSaga sent = new MediaSaga();
        sent.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        sent.setSpec(resource.getSpec());
        return serialization.asJson(sent);
    }

    /** How many sagas there are, at most as old as the settings say; empty when that cannot be known. */
    public Optional<Counts> counts(Saga saga) {
        Instant now = clock.instant();
        Counted before = counts.get(saga.id().uid());
        if (before != null && now.isBefore(before.next())) {
            return Optional.ofNullable(before.counts());
        }
        Counts found;
        try {
            found = client.counts(saga.id().namespace(), saga.id().name());
        } catch (OrchestratorException e) {
            found = null;
        }
        counts.put(saga.id().uid(), new Counted(found, now.plus(settings.counts())));
        return Optional.ofNullable(found);
    }

    /** When the next thing is due for a MediaSaga. */
    public Duration next(String uid) {
        Instant now = clock.instant();
        Duration wait = settings.counts();
        Entry entry = entries.get(uid);
        if (entry != null) {
            wait = shorter(wait, Duration.between(now, entry.next()));
        }
        Counted counted = counts.get(uid);
        if (counted != null) {
            wait = shorter(wait, Duration.between(now, counted.next()));
        }
        return wait.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : wait;
    }

    /** Forgets a MediaSaga. */
    public void forget(String uid) {
        entries.remove(uid);
        counts.remove(uid);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

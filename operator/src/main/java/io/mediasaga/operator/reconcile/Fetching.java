package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mediasaga.crd.topology.SecretSettings;
import io.mediasaga.crd.v1alpha1.SecretStoreKind;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Saga;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** How External Secrets get on with the credentials of participants. */
final class Fetching {

    /** Beyond the interval, several times, before they count as silent: they may be many, and start over. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int INTERVALS = 3;
    private static final int LONGEST_CAUSE = 400;

    private final KubernetesClient client;
    private final Caches caches;
    private final Clock clock;

    Fetching(KubernetesClient client, Caches caches, Clock clock) {
        this.client = client;
        this.caches = caches;
        this.clock = clock;
    }

    /** Why the credentials cannot be fetched, from where, in words that stay the same while it is so; empty when they can. */
    Optional<String> trouble(Saga saga, String participant) {
        SecretSettings secrets = saga.topology().secrets();
        if (secrets == null) {
            return Optional.empty();
        }
        return caches.get(Kind.EXTERNAL_SECRET, saga.id().namespace(), Names.credentials(participant))
                .flatMap(resource -> Conditions.of(resource)
                        .problem("Ready")
                        .map(problem -> cause(resource, problem))
                        .or(() -> silence(resource, secrets.refreshInterval())))
                .map(why -> "from " + store(secrets) + " at " + path(secrets, participant) + ": " + why);
    }

    /** What keeps credentials, by kind and name. */
    static String store(SecretSettings secrets) {
        return (secrets.storeKind() == SecretStoreKind.SECRET_STORE ? "SecretStore " : "ClusterSecretStore ") + secrets.store();
    }

    /** Where the store keeps the credentials of a participant. */
    static String path(SecretSettings secrets, String participant) {
        return secrets.path().replaceAll("/+$", "") + "/" + participant;
    }

    /** Their condition says that it failed; why stands in an event of theirs only. */
    private String cause(GenericKubernetesResource resource, String problem) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        try {
            return client.events().v1().events().inNamespace(namespace).withField("regarding.name", name).list().getItems().stream()
                    .filter(event -> "Warning".equals(event.getType()) && event.getNote() != null)
                    .filter(event -> event.getRegarding() != null && "ExternalSecret".equals(event.getRegarding().getKind()))
                    .max(Comparator.comparing(Fetching::last))
                    .map(event -> plain(event.getNote()))
                    .orElse(problem + "; kubectl -n " + namespace + " describe externalsecret " + name + " may say why");
        } catch (KubernetesClientException e) {
            return problem + "; kubectl -n " + namespace + " describe externalsecret " + name + " says why";
        }
    }

    private static String last(Event event) {
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            return Objects.toString(event.getSeries().getLastObservedTime().getTime(), "");
        }
        return Optional.ofNullable(event.getDeprecatedLastTimestamp())
                .or(() -> Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()))
                .orElse("");
    }

    /** In one line, and without the port of one connection. */
    static String plain(String note) {
        String line = note.strip().replaceAll("\\s+", " ").replaceAll("(read|write) tcp \\S+->", "$1 tcp ");
        return line.length() <= LONGEST_CAUSE ? line : line.substring(0, LONGEST_CAUSE - 1) + "…";
    }

    /** They said that all is well, or nothing, and that was too long ago. */
    private Optional<String> silence(GenericKubernetesResource resource, Duration interval) {
        if (interval.isZero()) {
            return Optional.empty();
        }
        String fetched = resource.get("status", "refreshTime");
        String since = Objects.requireNonNullElse(fetched, resource.getMetadata().getCreationTimestamp());
        try {
            Duration silent = Duration.between(Instant.parse(since), clock.instant());
            return silent.compareTo(interval.multipliedBy(INTERVALS).plus(PATIENCE)) <= 0
                    ? Optional.empty()
                    : Optional.of("External Secrets " + (fetched == null ? "have not looked at it since it was made at "
                            : "are to ask every " + interval.toSeconds() + " s, and last did at ")
                            + since + "; look whether they run");
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

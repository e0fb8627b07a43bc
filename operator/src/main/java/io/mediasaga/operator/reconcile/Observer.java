package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mediasaga.crd.topology.ParticipantSettings;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Observed;
import io.mediasaga.operator.model.Rollout;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.model.TopicPlan;
import io.mediasaga.operator.settings.OperatorSettings.Storage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Looks at what the cluster has. */
final class Observer {

    private static final List<String> NEEDED = List.of("username", "password");
    private static final String ACCESS_KEY = "access_key";
    private static final String SECRET_KEY = "secret_key";

    private final KubernetesClient client;
    private final Caches caches;
    private final Rollouts rollouts;
    private final Fetching fetching;
    private final Storage storage;

    Observer(KubernetesClient client, Caches caches, Storage storage, Clock clock) {
        this.client = client;
        this.caches = caches;
        this.rollouts = new Rollouts(client.getKubernetesSerialization(), caches);
        this.fetching = new Fetching(client, caches, clock);
        this.storage = storage;
    }

    /**
     * What was seen.
     *
     * @param observed what the wanted depends on
     * @param secretProblems by participant what is wrong with its credentials
     * @param staleSecrets by participant why its credentials, which are there, cannot be looked up anew
     */
    record View(Observed observed, Map<String, String> secretProblems, Map<String, String> staleSecrets) {}

    /** @param directPartitions by topic, where the operator keeps topics itself */
    View look(Saga saga, Set<Api> apis, OptionalLong running, Map<String, Integer> directPartitions) {
        Map<String, Credentials> credentials = new HashMap<>();
        Map<String, Rollout> deployed = new HashMap<>();
        Map<String, Set<String>> runningKeys = new HashMap<>();
        Map<String, String> problems = new TreeMap<>();
        Map<String, String> stale = new TreeMap<>();
        for (ParticipantSettings participant : saga.topology().participants()) {
            String name = participant.name();
            Optional<Map<String, String>> data = secret(saga, apis, name);
            Optional<Map<String, String>> keys = caches.storageKeys(saga.id().namespace());
            if (saga.topology().secrets() != null) {
                problem(saga, apis, name, data).ifPresent(problem -> problems.put(name, problem));
            }
            if (storage.keyed(name)) {
                storageProblem(keys).ifPresent(problem -> problems.merge(name, problem, (one, other) -> one + ", and " + other));
            }
            if (!problems.containsKey(name)) {
                all(data, storage.keyed(name) ? keys : Optional.empty())
                        .ifPresent(found -> credentials.put(name, Credentials.of(found)));
                fetching.trouble(saga, name).ifPresent(why -> stale.put(name, why));
            }
            rollouts.of(saga.id().namespace(), name).ifPresent(rollout -> {
                deployed.put(name, rollout);
                copy(saga, name, rollout).ifPresent(found -> runningKeys.put(name, found.keySet()));
            });
        }
        Map<String, Integer> partitions = new HashMap<>(directPartitions);
        for (TopicPlan topic : saga.topics().values()) {
            caches.get(Kind.KAFKA_TOPIC, saga.id().namespace(), topic.resourceName())
                    .map(resource -> resource.<Integer>get("spec", "partitions"))
                    .ifPresent(count -> partitions.put(topic.name(), count));
        }
        return new View(new Observed(apis, credentials, deployed, runningKeys, partitions, running), problems, stale);
    }

    private Optional<Map<String, String>> secret(Saga saga, Set<Api> apis, String participant) {
        String namespace = saga.id().namespace();
        String name = Names.credentials(participant);
        Optional<GenericKubernetesResource> seen = caches.get(Kind.SECRET, namespace, name);
        if (seen.isPresent()) {
            return seen.map(resource -> resource.<Map<String, String>>get("data"));
        }
        boolean fetched = saga.topology().secrets() != null && apis.contains(Api.EXTERNAL_SECRETS);
        if (fetched) {
            return Optional.empty();
        }
        // Made by hand, and perhaps without the label that would bring it into sight.
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get()).map(Secret::getData);
    }

    /** What the pods of a participant run with, which nobody changes. */
    private Optional<Map<String, String>> copy(Saga saga, String participant, Rollout rollout) {
        return rollout.credentials() == null
                ? Optional.empty()
                : caches.get(Kind.SECRET, saga.id().namespace(), Names.credentialsCopy(participant, rollout.credentials()))
                        .map(resource -> resource.<Map<String, String>>get("data"));
    }

    /** The keys of the media store are handed over with the other credentials, and renewed like them. */
    private static Optional<Map<String, String>> all(Optional<Map<String, String>> data, Optional<Map<String, String>> keys) {
        if (keys.isEmpty()) {
            return data;
        }
        Map<String, String> all = new HashMap<>(Map.of(
                Credentials.ACCESS_KEY, keys.get().get(ACCESS_KEY), Credentials.SECRET_KEY, keys.get().get(SECRET_KEY)));
        data.ifPresent(all::putAll);
        return Optional.of(all);
    }

    private Optional<String> storageProblem(Optional<Map<String, String>> keys) {
        List<String> missing = new ArrayList<>(List.of(ACCESS_KEY, SECRET_KEY));
        keys.map(Map::keySet).ifPresent(missing::removeAll);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("needs the Secret " + storage.keys() + " with " + String.join(" and ", missing)
                        + ", the keys of the bucket " + storage.s3().bucket());
    }

    private Optional<String> problem(
            Saga saga, Set<Api> apis, String participant, Optional<Map<String, String>> data) {
        String name = Names.credentials(participant);
        if (data.isEmpty()) {
            if (!apis.contains(Api.EXTERNAL_SECRETS)) {
                return Optional.of("has no Secret " + name + ", and External Secrets are not installed to fetch it; install "
                        + "them, or make the Secret with " + String.join(" and ", NEEDED));
            }
            return Optional.of("has no Secret " + name + " yet"
                    + fetching.trouble(saga, participant).map(why -> "; it cannot be fetched " + why).orElse(""));
        }
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(data.get().keySet());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("has a Secret " + name + " without " + String.join(" and ", missing) + "; add it at "
                        + Fetching.path(saga.topology().secrets(), participant)
                        + (apis.contains(Api.EXTERNAL_SECRETS) ? " in " + Fetching.store(saga.topology().secrets()) : ""));
    }
}

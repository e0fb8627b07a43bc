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

    private final KubernetesClient client;
    private final Caches caches;
    private final Rollouts rollouts;

    Observer(KubernetesClient client, Caches caches) {
        this.client = client;
        this.caches = caches;
        this.rollouts = new Rollouts(client.getKubernetesSerialization(), caches);
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
        Map<String, String> problems = new TreeMap<>();
        Map<String, String> stale = new TreeMap<>();
        for (ParticipantSettings participant : saga.topology().participants()) {
            String name = participant.name();
            Optional<Map<String, String>> data = secret(saga, apis, name);
            if (saga.topology().secrets() != null) {
                problem(saga, apis, name, data).ifPresent(problem -> problems.put(name, problem));
            }
            if (!problems.containsKey(name)) {
                data.ifPresent(found -> credentials.put(name, Credentials.of(found)));
                refusal(saga, name).ifPresent(why -> stale.put(name, why));
            }
            rollouts.of(saga.id().namespace(), name).ifPresent(rollout -> deployed.put(name, rollout));
        }
        Map<String, Integer> partitions = new HashMap<>(directPartitions);
        for (TopicPlan topic : saga.topics().values()) {
            caches.get(Kind.KAFKA_TOPIC, saga.id().namespace(), topic.resourceName())
                    .map(resource -> resource.<Integer>get("spec", "partitions"))
                    .ifPresent(count -> partitions.put(topic.name(), count));
        }
        return new View(new Observed(apis, credentials, deployed, partitions, running), problems, stale);
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

    /** What External Secrets say when they cannot fetch. */
    private Optional<String> refusal(Saga saga, String participant) {
        return caches.get(Kind.EXTERNAL_SECRET, saga.id().namespace(), Names.credentials(participant))
                .flatMap(resource -> Conditions.of(resource).problem("Ready"));
    }

    private Optional<String> problem(
            Saga saga, Set<Api> apis, String participant, Optional<Map<String, String>> data) {
        String name = Names.credentials(participant);
        Optional<String> refused = refusal(saga, participant);
        if (data.isEmpty()) {
            if (!apis.contains(Api.EXTERNAL_SECRETS)) {
                return Optional.of("has no Secret " + name + ", and External Secrets are not installed to fetch it; install "
                        + "them, or make the Secret with " + String.join(" and ", NEEDED));
            }
            return Optional.of("has no Secret " + name + " yet" + refused.map(why -> ": " + why).orElse(""));
        }
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(data.get().keySet());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("has a Secret " + name + " without " + String.join(" and ", missing) + "; add it at "
                        + saga.topology().secrets().path() + "/" + participant);
    }
}

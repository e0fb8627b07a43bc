package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Api;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which APIs the cluster has, looked up every now and then: what is installed later is picked up. */
final class OptionalApis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OptionalApis.class);

    private final KubernetesClient client;
    private final Runnable changed;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("discovery").daemon(true).factory());
    private volatile Set<Api> apis;

    /** @param changed run after another set of APIs was found */
    OptionalApis(KubernetesClient client, Runnable changed) {
        this.client = client;
        this.changed = changed;
        this.apis = find(EnumSet.noneOf(Api.class));
    }

    void start(java.time.Duration interval) {
        timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    Set<Api> current() {
        return apis;
    }

    private void look() {
        try {
            Set<Api> found = find(apis);
            if (!found.equals(apis)) {
                log.info("The cluster serves {}", found);
                apis = found;
                changed.run();
            }
        } catch (RuntimeException e) { // would end the timer
            log.error("Looking for optional APIs failed; it will be tried again", e);
        }
    }

    private Set<Api> find(Set<Api> otherwise) {
        try {
            Set<Api> found = EnumSet.noneOf(Api.class);
            for (APIGroup group : client.getApiGroups().getGroups()) {
                for (Api api : Api.values()) {
                    if (api.group().equals(group.getName())
                            && group.getVersions().stream()
                                    .map(GroupVersionForDiscovery::getVersion)
                                    .anyMatch(api.version()::equals)
                            && serves(api)) {
                        found.add(api);
                    }
                }
            }
            return Set.copyOf(found);
        } catch (KubernetesClientException e) {
            log.warn("Cannot ask which APIs there are: {}", e.getMessage());
            return otherwise;
        }
    }

    /** Definitions come one after the other: the API is there when all that is needed of it is. */
    private boolean serves(Api api) {
        Set<String> needed = Arrays.stream(Kind.values())
                .filter(kind -> kind.api().filter(api::equals).isPresent())
                .map(Kind::kind)
                .collect(Collectors.toSet());
        if (needed.isEmpty()) {
            return true;
        }
        APIResourceList served = client.getApiResources(api.apiVersion());
        return served != null
                && served.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet()).containsAll(needed);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

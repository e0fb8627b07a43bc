package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.Audit;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.Rights;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.cluster.World;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped rules are enough for the whole life of a MediaSaga, and none of them is needless. */
@ExtendWith(Cluster.class)
class RightsTest {

    /**
     * What shows in no request of this test: the right to set an owner reference that blocks deletion, which some API servers
     * ask for; a look at the resource after a conflict; and what the operator SDK asks to be granted before it takes part in an
     * election, whether it uses it or not.
     */
    private static final Set<String> IMPLIED = Set.of(
            "mediasaga.io mediasagas/finalizers update",
            "mediasaga.io mediasagas get",
            "coordination.k8s.io leases update");

    @Test
    void everyRuleIsUsedAndNoneIsMissing(Cluster.Shared cluster) {
        Audit audit = cluster.audit();
        int first = audit.size();
        try (World world = new World(cluster.server(), cluster.admin())) {
            world.set("ingress.enabled", true).set("leader-election.enabled", true)
                    .set("leader-election.namespace", Rights.HOME).set("leader-election.lease", world.namespace);
            world.standIns();
            world.operator();
            world.apply(Sagas.order("order").replace("replicas: 3}", "replicas: 3, onDelete: Delete}"));
            for (String participant : List.of("orders", "payments")) {
                world.credentials(participant, participant + "_a", "2026-01-10T12:00:00Z");
            }
            world.awaitReady("order");
            world.fetched("orders", false, Instant.now());
            world.await("order", "Ready", "True", "RefreshFailing");
            world.apply(Sagas.order("order").replace("  secrets: {store: vault, path: shop}\n", "")
                    .replace("replicas: 3}", "replicas: 3, onDelete: Delete}"));
            world.until("no external secrets", () -> world.objects(Kind.EXTERNAL_SECRET).isEmpty());
            world.admin.secrets().inNamespace(world.namespace).withName("orders-credentials").delete();
            world.awaitReady("order");
            world.delete("order");
            world.until("gone", () -> world.get("order") == null);
        }
        List<Audit.Request> requests = audit.since(first);
        assertThat(requests).as("refused").noneMatch(request -> request.code() == 403);

        Set<String> used = new TreeSet<>();
        requests.forEach(request -> used.add(request.group() + " " + request.resource() + " " + request.verb()));
        Set<String> needless = new TreeSet<>();
        granted(cluster).stream()
                .filter(right -> !used.contains(right) && !IMPLIED.contains(right))
                // To apply what is not there yet takes both.
                .filter(right -> !right.endsWith(" create") || !used.contains(right.replace(" create", " patch")))
                .forEach(needless::add);
        assertThat(needless).as("granted and not used").isEmpty();
    }

    private static Set<String> granted(Cluster.Shared cluster) {
        Set<String> rights = new TreeSet<>();
        List<PolicyRule> rules = new java.util.ArrayList<>(Rights.rules(cluster.admin()));
        rules.addAll(Rights.leaderRules(cluster.admin()));
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> rights.add(group + " " + resource + " " + verb));
                }
            }
        }
        return rights;
    }
}

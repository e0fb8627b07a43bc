package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.Audit;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.Refusals;
import io.mediasaga.operator.cluster.Sagas;
import io.mediasaga.operator.cluster.Wire;
import io.mediasaga.operator.cluster.World;
import io.mediasaga.operator.reconcile.RunningOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API server that is busy, contended, or away for a while. */
@ExtendWith(Cluster.class)
class TroubleTest {

    @Test
    void triesAgainWhatIsRefusedForNow(Cluster.Shared cluster) {
        Audit audit = cluster.audit();
        try (Refusals refusals = new Refusals();
                World world = new World(cluster.server(), cluster.admin())) {
            world.standIns();
            world.operator(cluster.server().operator(refusals));
            int[] codes = {429, 409, 503, 429, 429, 409, 503, 429, 409, 429};
            refusals.next(codes);
            world.apply(Sagas.order("order"));
            credentials(world, "a");
            world.awaitReady("order");
            assertThat(refusals.given()).as("refused").isEqualTo(codes.length);

            refusals.next(codes);
            world.apply(Sagas.order("order").replace("payments:1", "payments:2"));
            world.until("changed", () -> world.object(Kind.DEPLOYMENT, "payments").toString().contains("payments:2"));
            world.apply(Sagas.order("order").replace("payments:1", "payments:3"));
            String before = world.copyOf("payments");
            credentials(world, "b");
            world.until("rotated", () -> !before.equals(world.copyOf("payments")));
            world.awaitReady("order");
            int writes = world.quiet(audit);
            assertThat(world.quiet(audit)).as("writes").isEqualTo(writes);
            world.delete("order");
            world.until("gone", () -> world.get("order") == null);
        }
    }

    @Test
    void seesWhatHappenedWhileItsWatchesWereBroken(Cluster.Shared cluster) {
        try (Wire wire = new Wire(cluster.server().port());
                World world = new World(cluster.server(), cluster.admin())) {
            world.standIns();
            RunningOperator operator = world.operator(cluster.server().operator(wire));
            world.apply(Sagas.order("order"));
            credentials(world, "a");
            world.awaitReady("order");
            world.apply(Sagas.order("later", "laters", "lasts"));
            world.until("both known", () -> world.object(Kind.SERVICE, "lasts") != null);

            wire.cut();
            world.until("nothing is open", () -> wire.ends() == 0);
            world.admin.services().inNamespace(world.namespace).withName("payments").delete();
            world.admin.apps().deployments().inNamespace(world.namespace).withName("orders").patch(
                    new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE).withFieldManager("kubectl-edit").build(),
                    "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"service\",\"image\":\"evil\"}]}}}}");
            world.delete("later");
            world.apply(Sagas.order("order").replace("orders:1", "orders:2"));
            world.apply(Sagas.order("new", "news", "olds"));
            wire.mend();

            world.until("made again", () -> world.object(Kind.SERVICE, "payments") != null);
            world.until("changed", () -> world.object(Kind.DEPLOYMENT, "orders").toString().contains("registry.example/orders:2"));
            world.until("gone", () -> world.get("later") == null && world.object(Kind.SERVICE, "lasts") == null);
            world.until("begun", () -> world.object(Kind.SERVICE, "news") != null);
            world.awaitReady("order");
            world.until("well", operator::healthy);

            // Broken again and again, with nothing in between.
            IntStream.range(0, 5).forEach(round -> {
                wire.cut();
                wire.mend();
            });
            world.apply(Sagas.order("order").replace("orders:1", "orders:3"));
            world.until("changed", () -> world.object(Kind.DEPLOYMENT, "orders").toString().contains("registry.example/orders:3"));
            world.awaitReady("order");
        }
    }

    private static void credentials(World world, String login) {
        for (String participant : new String[] {"orders", "payments"}) {
            world.credentials(participant, participant + "_" + login, "2026-01-10T12:00:00Z");
        }
    }
}

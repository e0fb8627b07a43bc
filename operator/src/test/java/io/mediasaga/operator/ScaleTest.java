package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.cluster.Audit;
import io.mediasaga.operator.cluster.Cluster;
import io.mediasaga.operator.cluster.World;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many MediaSagas settle, and then not one request changes anything, not even when all are looked at again. For figures:
 * {@code -Dmediasaga.scale=500}.
 */
@ExtendWith(Cluster.class)
class ScaleTest {

    private static final int COUNT = Integer.getInteger("mediasaga.scale", 25);

    @Test
    void settlesAndWritesNothingMore(Cluster.Shared cluster) {
        Audit audit = cluster.audit();
        try (World world = new World(cluster.server(), cluster.admin())) {
            world.standIns();
            var first = world.operator();
            long began = System.nanoTime();
            for (int i = 0; i < COUNT; i++) {
                world.apply(saga(i));
            }
            await(world, COUNT * 4);
            double settled = (System.nanoTime() - began) / 1e9;
            int writes = world.quiet(audit);
            System.out.printf("%d MediaSagas settled in %.1f s with %d writes%n", COUNT, settled, writes);

            // A new operator looks at everything.
            first.stop();
            world.operator();
            Awaitility.await("all handed over again").atMost(Duration.ofSeconds(60 + COUNT)).until(() ->
                    world.orchestrator.requests().stream().filter(request -> request.startsWith("PUT")).count() >= 2L * COUNT);
            assertThat(world.quiet(audit)).as("writes").isEqualTo(writes);

            List<Double> changes = new ArrayList<>();
            for (int i = 0; i < Math.min(COUNT, 100); i++) {
                changes.add(change(world, i));
            }
            Collections.sort(changes);
            System.out.printf(
                    "a change reaches its Deployment in %.0f ms (p50), %.0f ms (p99)%n",
                    changes.get(changes.size() / 2), changes.get(changes.size() * 99 / 100));
        }
    }

    private static void await(World world, int seconds) {
        Awaitility.await("ready").atMost(Duration.ofSeconds(60 + seconds)).pollInterval(Duration.ofSeconds(1)).until(() ->
                world.admin.resources(MediaSaga.class).inNamespace(world.namespace).list().getItems().stream()
                                .map(MediaSaga::getStatus)
                                .filter(Objects::nonNull)
                                .flatMap(status -> status.conditions().stream())
                                .filter(c -> c.type().equals("Ready") && c.status().equals("True"))
                                .count()
                        == COUNT);
    }

    private static double change(World world, int i) {
        String image = "registry.example/changed:" + i;
        long began = System.nanoTime();
        world.apply(saga(i).replace("registry.example/service:1", image));
        Awaitility.await("changed").pollInterval(Duration.ofMillis(5)).until(() ->
                world.object(Kind.DEPLOYMENT, "service-" + i).toString().contains(image));
        return (System.nanoTime() - began) / 1e6;
    }

    private static String saga(int i) {
        return """
                apiVersion: mediasaga.io/v1alpha1
                kind: MediaSaga
                metadata: {name: saga-%1$d}
                spec:
                  deadline: 1h
                  participants: [{name: service-%1$d, image: "registry.example/service:1"}]
                  steps:
                    - name: DoIt
                      participant: service-%1$d
                      command: {topic: commands.s%1$d.do, type: DoIt}
                      success: {topic: events.s%1$d.done, type: Done}
                      compensation: {none: Nothing to undo}
                """.formatted(i);
    }
}

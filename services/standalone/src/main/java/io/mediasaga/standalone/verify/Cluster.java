package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.Ports;
import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.platform.ServiceJvm;
import io.mediasaga.standalone.platform.ServiceSettings;
import io.mediasaga.standalone.platform.ServiceSpec;
import io.mediasaga.standalone.process.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A platform whose servers and services are processes that can be hit one by one. Closing it ends all of them. */
final class Cluster implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration READY = Duration.ofMinutes(10);

    /** What owns leases comes twice, so that somebody takes over while the owner is paused. */
    private static final Map<String, Integer> REPLICAS = Map.of("orchestrator", 2, "ingest", 2, "processing", 2, "publish", 2);

    private final DataFolder data;
    private final ClusterServers servers;
    private final List<Replica> replicas = new ArrayList<>();

    private Cluster(DataFolder data, ClusterServers servers) {
        this.data = data;
        this.servers = servers;
    }

    /** How many service processes there are. */
    static int size() {
        return ServiceSpec.ALL.stream().mapToInt(spec -> REPLICAS.getOrDefault(spec.name(), 1)).sum();
    }

    /** Starts everything and returns when all of it is ready. */
    static Cluster start(DataFolder data, Plan plan, VerifySettings own, Consumer<String> tell) throws InterruptedException {
        data.token();
        ClusterServers servers = new ClusterServers(data);
        Cluster cluster = new Cluster(data, servers);
        try {
            tell.accept("PostgreSQL on port %d, Kafka at %s, Redis on port %d"
                    .formatted(servers.postgres().port(), servers.kafka(), servers.redisPort()));
            cluster.startServices(plan, own);
            for (Replica replica : cluster.replicas) {
                cluster.awaitReady(replica);
            }
            tell.accept(cluster.replicas.size() + " service processes are ready");
            return cluster;
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private void startServices(Plan plan, VerifySettings own) {
        ServiceSettings common = new ServiceSettings(
                data, servers.postgres(), servers.kafka(), servers.redisPort(), 0, Collections.max(REPLICAS.values()));
        for (ServiceSpec spec : ServiceSpec.ALL) {
            Map<String, String> settings = new TreeMap<>(common.of(spec));
            settings.putAll(own.common(plan));
            for (int number = 1; number <= REPLICAS.getOrDefault(spec.name(), 1); number++) {
                int port = Ports.claim(spec.name(), 0);
                Map<String, String> ofReplica = new TreeMap<>(own.ofReplica(replicas.size()));
                ofReplica.put("server.port", String.valueOf(port));
                String name = spec.name() + "-" + number;
                Child process =
                        new Child(name, ServiceJvm.command(data, spec, settings, ofReplica), data.path("logs/" + name + ".log"));
                replicas.add(new Replica(spec.name(), number, new Route(spec.path(), port), process));
                process.start();
            }
        }
    }

    /** Waits for a replica that has been started; it is no failure when somebody kills it meanwhile. */
    void awaitReady(Replica replica) throws InterruptedException {
        if (!ServiceJvm.awaitReady(replica.route(), READY, () -> !replica.process().hasDied())) {
            String what = replica.process().hasDied() ? "ended while it started" : "is not ready within %d s".formatted(READY.toSeconds());
            throw new VerifyException(
                    "%s %s; see %s".formatted(replica.name(), what, data.path("logs/" + replica.name() + ".log")));
        }
    }

    ClusterServers servers() {
        return servers;
    }

    DataFolder data() {
        return data;
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    /** The ports of a service's replicas. */
    List<Integer> ports(String service) {
        return replicas.stream()
                .filter(replica -> replica.service().equals(service))
                .map(replica -> replica.route().port())
                .toList();
    }

    /** Processes that have ended although nobody has killed them. */
    List<String> died() {
        List<String> died = new ArrayList<>(replicas.stream()
                .filter(replica -> replica.process().hasDied())
                .map(Replica::name)
                .toList());
        if (servers.kafkaDied()) {
            died.add("Kafka");
        }
        return died;
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.process().stop());
        long deadline = System.nanoTime() + STOP.toNanos(); // for all of them together
        replicas.forEach(replica -> replica.process().end(deadline));
        servers.close();
    }
}

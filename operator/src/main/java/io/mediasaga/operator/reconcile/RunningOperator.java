package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.mediasaga.operator.apply.Applier;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.KubeEvents;
import io.mediasaga.operator.kafka.DirectTopics;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Planner;
import io.mediasaga.operator.orchestrator.Handover;
import io.mediasaga.operator.orchestrator.OrchestratorClient;
import io.mediasaga.operator.render.Renderer;
import io.mediasaga.operator.settings.OperatorSettings;
import io.mediasaga.operator.status.StatusFactory;
import io.mediasaga.operator.status.Storyteller;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The control loop, from the start of its watches to their end. */
public final class RunningOperator implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RunningOperator.class);
    private static final int THREADS = 16;
    private static final int FIRST_RETRY_MILLIS = 500;
    private static final int LONGEST_RETRY_MILLIS = 30_000;

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final MeterRegistry registry;
    private final Clock clock;
    private @Nullable Operator operator;
    private @Nullable OptionalApis apis;
    private @Nullable OrchestratorClient orchestrator;
    private @Nullable DirectTopics topics;
    private volatile boolean running;

    public RunningOperator(KubernetesClient client, OperatorSettings settings, MeterRegistry registry, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void start() {
        String instance = instance();
        var neighbours = new Neighbours();
        var neighbourEvents = new NeighbourEvents(neighbours);
        var optional = new OptionalApis(client, neighbourEvents::wakeAll);
        var caches = new Caches(neighbours::interested, neighbours::beside, settings.storage().keys());
        var applier = new Applier(client, caches);
        var kafka = new DirectTopics(settings.kafka().properties());
        var care = new TopicCare(kafka, caches, clock);
        var http = new OrchestratorClient(settings.orchestrator());
        var handover = new Handover(http, settings.orchestrator(), client.getKubernetesSerialization(), clock);
        var statuses = new StatusFactory(clock);
        var events = new KubeEvents(client, clock, instance);
        var deletion = new Deletion(client, caches, applier, http, handover, care, statuses, events, settings, clock);
        var reconciler = new MediaSagaReconciler(
                caches, neighbours, neighbourEvents, optional, new Observer(client, caches, settings.storage(), clock), care, new Planner(settings),
                new Renderer(settings), applier, new Pruner(caches, applier), handover, statuses,
                new Storyteller(events, registry), deletion);
        var created = new Operator(overrider -> configure(overrider, instance));
        created.register(reconciler, controller -> {
            controller.withFinalizer(MediaSagaReconciler.FINALIZER);
            controller.withFieldManager(Names.MANAGER);
            controller.withGenerationAware(true);
            controller.withRetry(new GenericRetry()
                    .setInitialInterval(FIRST_RETRY_MILLIS)
                    .setIntervalMultiplier(2)
                    .setMaxInterval(LONGEST_RETRY_MILLIS)
                    .withoutMaxAttempts());
            if (!settings.namespaces().isEmpty()) {
                controller.settingNamespaces(new HashSet<>(settings.namespaces()));
            }
        });
        operator = created;
        apis = optional;
        orchestrator = http;
        topics = kafka;
        log.info(
                "Watching MediaSagas in {}, as {}",
                settings.namespaces().isEmpty() ? "all namespaces" : settings.namespaces(),
                instance);
        created.start();
        optional.start(settings.discovery());
        running = true;
    }

    private void configure(ConfigurationServiceOverrider overrider, String instance) {
        overrider.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withUseSSAToPatchPrimaryResource(true)
                .withConcurrentReconciliationThreads(THREADS)
                .withStopOnInformerErrorDuringStartup(true)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(10))
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry));
        var election = settings.leaderElection();
        if (election.enabled()) {
            String namespace = Optional.of(election.namespace())
                    .filter(name -> !name.isEmpty())
                    .or(() -> Optional.ofNullable(System.getenv("POD_NAMESPACE")))
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.lease())
                            .withLeaseNamespace(namespace)
                            .withIdentity(instance)
                            .withExitOnStopLeading(false)
                            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::endUnlessStopping, leader -> {}))
                            .build());
        }
    }

    /** Two leaders at a time would undo each other's work: who has lost the lease ends, and Kubernetes starts it anew. */
    private void endUnlessStopping() {
        if (running) {
            log.error("The lease is lost; ending");
            Thread.ofPlatform().start(() -> System.exit(1));
        }
    }

    private static String instance() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + UUID.randomUUID().toString().substring(0, 8);
        } catch (UnknownHostException e) {
            return "operator-" + UUID.randomUUID();
        }
    }

    /** Whether every watch is well. */
    public boolean healthy() {
        Operator current = operator;
        return running && current != null && current.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    @Override
    public void stop() {
        running = false;
        if (apis != null) {
            apis.close();
        }
        if (operator != null) {
            operator.stop();
        }
        if (orchestrator != null) {
            orchestrator.close();
        }
        if (topics != null) {
            topics.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
